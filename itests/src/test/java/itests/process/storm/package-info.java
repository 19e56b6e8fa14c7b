/** The class of bundles that nobody needs; it runs inside the Karaf under test. */
package itests.process.storm;

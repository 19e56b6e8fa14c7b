/** The classes of the probe plugin; they run inside the Karaf under test. */
package itests.process.probe;

/** The classes of the plugin that is updated under load; they run inside the Karaf under test. */
package itests.process.swap;

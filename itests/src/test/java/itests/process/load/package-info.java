/** The classes of the bundle that keeps runs in flight; they run inside the Karaf under test. */
package itests.process.load;

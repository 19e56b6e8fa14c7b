/** Plugins with which something is wrong. They use the API alone: each is a bundle of its own. */
package itests.process.sick;

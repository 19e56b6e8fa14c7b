/** The tasks {@code files.*}: text files below configured folders. */
package orchestrator.tasks.files;

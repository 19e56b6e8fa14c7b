/** The task {@code http.request}: one request, its redirects, and its answer. */
package orchestrator.tasks.http;

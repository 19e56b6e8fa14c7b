/** The backend that lives in the heap. */
package orchestrator.state.memory;

package orchestrator.api.state;

/** The node's lease is over: it must forget its runs and enter again. */
public class NodeFencedException extends StateException {
    private static final long serialVersionUID = 1L;

    /** With the node and its incarnation. */
    public NodeFencedException(String message) {
        super(message, null);
    }
}

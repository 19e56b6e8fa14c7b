package orchestrator.shell;

import java.util.List;
import orchestrator.api.run.NodeInfo;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.StorePages;
import orchestrator.shell.output.StoreTrees;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code orchestrator:nodes}. */
@Service
@Command(
        scope = "orchestrator",
        name = "nodes",
        description = "Lists the nodes that share the store",
        detailedDescription =
                """
                Times are the store's. The runs of a node whose lease has expired are taken over by the others.

                Examples:
                  orchestrator:nodes
                  orchestrator:nodes --format json""")
public final class ListNodes extends ListAction {

    @Override
    Answer answer(Screen screen) {
        List<NodeInfo> nodes = maintenance().nodes();
        return Answer.of(
                StoreTrees.nodes(nodes), page -> new StorePages(page).nodes(nodes, times()));
    }
}

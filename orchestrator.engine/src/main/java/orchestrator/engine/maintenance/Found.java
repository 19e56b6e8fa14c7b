package orchestrator.engine.maintenance;

import java.util.Optional;
import orchestrator.api.run.Finding;
import orchestrator.api.state.Flaw;

/** A {@link Finding}. */
record Found(Kind kind, Optional<String> runId, String message) implements Finding {

    /** What can be wrong, and what is done about it. */
    enum Kind {
        GAP("journal-gap", "entries are lost: the run is put aside and says so", false),
        ENTRY("entry", "what is damaged cannot be read: the run is put aside and says so", false),
        DEFINITION(
                "definition",
                "put it back if this node remembers it; else the run is put aside and says so",
                false),
        SUMMARY("summary", "rebuild the summary from the journal", true),
        OWNER("owner", "release the run, so that a node can take it", true),
        INBOX("inbox", "count the messages anew, drop those that nobody will read", true),
        INDEX("index", "rebuild what the run is found by from its summary", true),
        SNAPSHOT("snapshot", "drop the snapshot", true),
        STRAY("stray", "remove what belongs to no run", true),
        START_KEY("start-key", "free the start key", true),
        LOST_RUN("lost-run", "nothing: the journal is kept, the rest of the run is lost", false),
        LEASE("lease", "end the membership, so that its runs are taken over", true);

        private final String code;
        private final String remedy;
        private final boolean mendable;

        Kind(String code, String remedy, boolean mendable) {
            this.code = code;
            this.remedy = remedy;
            this.mendable = mendable;
        }
    }

    static Found of(Kind kind, String run, String message) {
        return new Found(kind, Optional.of(run), message);
    }

    /** A flaw, as the store tells it. */
    static Found of(Flaw flaw) {
        Kind kind =
                switch (flaw.part()) {
                    case "owner" -> Kind.OWNER;
                    case "inbox" -> Kind.INBOX;
                    case "snapshot" -> Kind.SNAPSHOT;
                    case "journal" -> Kind.LOST_RUN;
                    case "start-key" -> Kind.START_KEY;
                    case "rows" -> Kind.STRAY;
                    default -> Kind.INDEX;
                };
        return of(kind, flaw.run(), flaw.message());
    }

    @Override
    public String code() {
        return kind.code;
    }

    @Override
    public String remedy() {
        return kind.remedy;
    }

    @Override
    public boolean isMendable() {
        return kind.mendable;
    }
}

package orchestrator.shell.output;

/**
 * One column of a {@link Table}.
 *
 * @param header its title
 * @param least to how many characters it may be cut; {@link Integer#MAX_VALUE} if never
 * @param optional whether it is left out where there is no room
 * @param status whether its cells are statuses, which have colours
 */
record Column(String header, int least, boolean optional, boolean status) {

    private static final int NARROW = 8;

    /** How narrow the column can be when its widest cell has the given width. */
    int least(int natural) {
        return Math.min(natural, Math.max(least, header.length()));
    }

    /** The same where even that leaves no room: ids and names are cut then, too, but not statuses. */
    int narrow(int natural) {
        int narrowest = least == Integer.MAX_VALUE ? NARROW : 1;
        return status ? natural : Math.min(natural, Math.max(narrowest, header.length()));
    }
}

package orchestrator.engine.core;

/**
 * Names a run that is an attempt of a step.
 *
 * @param cell the piece of work
 * @param attempt the attempt's number
 */
public record ChildId(CellId cell, int attempt) {}

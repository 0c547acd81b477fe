/**
 * What a run of the rig leaves, and what is made of it: histograms, summary, table, plots, conditions, and the gate
 * that compares ratios of a run with those kept.
 */
package io.countersign.perf.report;

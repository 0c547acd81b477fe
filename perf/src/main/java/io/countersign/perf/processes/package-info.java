/**
 * What demonstration and rig have in common: processes that they start, speak with by lines, and end; and the
 * histograms that those leave in files.
 */
package io.countersign.perf.processes;

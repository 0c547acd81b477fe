/**
 * {@code countersign audit report}: one pass over a journal, in which collectors count what falls into a period.
 *
 * <pre>
 *   JournalReader &gt; ReportCollector &gt; RequestCounts, StageTimes, Traffic, Lives, Listing, SealCover, Faults
 *                                       each of them makes tables
 *                   Report (tables)  &gt; ReportJson    the same data
 *                                    &gt; ReportHtml    with SVG plots
 * </pre>
 *
 * Memory is bounded whatever the journal's size and whatever bots write: tables have a greatest number of rows, and say
 * how much is beyond it. Nothing of when, where or by whom a report is made is in it, so the same records give the same
 * bytes.
 */
package io.countersign.ops.audit.report;

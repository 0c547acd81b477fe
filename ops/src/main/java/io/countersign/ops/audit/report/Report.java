package io.countersign.ops.audit.report;

import java.util.List;

/**
 * A finished report.
 *
 * @param fromNs beginning of the period, inclusive, in ns since 1970 UTC.
 * @param toNs   end of the period, exclusive.
 * @param tables in the order in which they are shown.
 */
record Report(long fromNs, long toNs, List<Table> tables)
{
    Table table(final String id)
    {
        return tables.stream().filter((table) -> table.id().equals(id)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a report has no table " + id));
    }
}

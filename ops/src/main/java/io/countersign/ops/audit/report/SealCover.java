package io.countersign.ops.audit.report;

import io.countersign.ops.audit.Times;

/**
 * The seals of the period, and how much of it they cover.
 */
final class SealCover
{
    private static final long NONE = Long.MIN_VALUE;

    private long count;
    private long firstTreeSize;
    private long lastTreeSize;
    private String lastTime;
    private long unsealedSinceNs = NONE;
    private long longestNs;
    private long lastSequence;

    void onRecord(final RecordValues values)
    {
        if ("Seal".equals(values.type()))
        {
            onSeal(values);
            return;
        }
        lastSequence = values.sequence();
        if (NONE == unsealedSinceNs)
        {
            unsealedSinceNs = values.utcNs();
        }
    }

    /** Seals may come after the period that cover its last records. */
    void onLaterSeal(final RecordValues values)
    {
        if (lastTreeSize < lastSequence)
        {
            onSeal(values);
        }
    }

    Table table()
    {
        final Table table = new Table("seals", "Seals",
            "A seal states the root of the Merkle tree of all records up to its tree size. Longest wait: from a " +
            "record to the next seal behind it. Not covered: records at the end of the period that no seal states yet.",
            Column.number("seals", "Seals"), Column.number("firstTreeSize", "First tree size (records)"),
            Column.number("lastTreeSize", "Last tree size (records)"), Column.text("lastSealed", "Last seal (UTC)"),
            Column.number("longestWaitNs", "Longest wait (ns)"),
            Column.number("notCovered", "Not covered (records)"));
        table.add(count, 0 == count ? null : (Long) firstTreeSize, 0 == count ? null : (Long) lastTreeSize, lastTime,
            0 == count ? null : (Long) longestNs, Math.max(0, lastSequence - lastTreeSize));
        return table;
    }

    private void onSeal(final RecordValues values)
    {
        count++;
        lastTreeSize = values.number("treeSize");
        firstTreeSize = 1 == count ? lastTreeSize : firstTreeSize;
        lastTime = Times.micros(values.utcNs());
        if (NONE != unsealedSinceNs)
        {
            longestNs = Math.max(longestNs, values.utcNs() - unsealedSinceNs);
            unsealedSinceNs = NONE;
        }
    }
}

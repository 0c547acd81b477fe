package io.countersign.ops.audit.report;

import io.countersign.ops.audit.EscapedText;
import io.countersign.ops.audit.Times;

/**
 * Lives of the gateway that overlap the period: when and how each began and ended.
 */
final class Lives
{
    private final Table table = new Table("lives", "Lives of the gateway",
        "killed: a life that another one follows without its GatewayStopped; interrupted: intents that it left " +
        "without an outcome, whose bots were never answered; torn bytes: what it left unreadable at its end.",
        Column.number("firstSequence", "First record"), Column.text("started", "Started (UTC)"),
        Column.text("version", "Version"), Column.text("end", "End"), Column.text("ended", "Ended (UTC)"),
        Column.number("interrupted", "Interrupted"), Column.number("tornBytes", "Torn bytes"));
    private final long fromNs;
    private boolean isOpen;
    private long firstSequence;
    private String started;
    private String version;
    private long lastNs;

    Lives(final long fromNs)
    {
        this.fromNs = fromNs;
    }

    /** Each record before the period's end. */
    void onRecord(final RecordValues values)
    {
        switch (values.type())
        {
            case "GatewayStarted" -> onStarted(values);
            case "GatewayStopped" ->
            {
                close("stopped", values.utcNs(), 0L, 0L);
                isOpen = false;
            }
            default ->
            {
                if (!isOpen && !"Seal".equals(values.type()))
                {
                    open(values, "(before the first record of the journal)", "");
                }
            }
        }
        lastNs = values.utcNs();
    }

    Table table()
    {
        if (isOpen)
        {
            close("not ended", null, null, null);
        }
        return table;
    }

    private void onStarted(final RecordValues values)
    {
        if (isOpen)
        {
            close("killed", lastNs, values.number("interrupted"), values.number("tornBytes"));
        }
        open(values, Times.micros(values.utcNs()), EscapedText.of(values.text("version")));
    }

    private void open(final RecordValues values, final String startedAt, final String ofVersion)
    {
        isOpen = true;
        firstSequence = values.sequence();
        started = startedAt;
        version = ofVersion;
    }

    private void close(final String end, final Long endedNs, final Long interrupted, final Long tornBytes)
    {
        if (null == endedNs || endedNs >= fromNs)
        {
            table.add(firstSequence, started, version, end, null == endedNs ? null : Times.micros(endedNs),
                interrupted, tornBytes);
        }
    }
}

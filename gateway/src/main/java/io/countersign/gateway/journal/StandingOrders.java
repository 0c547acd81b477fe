package io.countersign.gateway.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a life of the gateway takes over from those before: the kill switches that are on and the rules that are
 * stopped, each with who and why, and the nonces that are used up. Built from records, in their order. For one thread
 * at a time.
 */
public final class StandingOrders
{
    private final List<SwitchEntry> switches = new ArrayList<>();
    private final List<ExecutionEntry> executions = new ArrayList<>();
    private final NonceMarks nonces = new NonceMarks();

    /**
     * With nothing on, nothing stopped and nothing used up.
     */
    public StandingOrders()
    {
    }

    /**
     * A switch was turned.
     *
     * @param entry as recorded.
     */
    public void onSwitch(final SwitchEntry entry)
    {
        switches.removeIf(entry::isOfSameSwitch);
        if (entry.isOn())
        {
            switches.add(entry);
        }
    }

    /**
     * A rule was stopped or re-enabled.
     *
     * @param entry as recorded.
     */
    public void onExecution(final ExecutionEntry entry)
    {
        executions.removeIf(entry::isOfSameRule);
        if (entry.isStopped())
        {
            executions.add(entry);
        }
    }

    /**
     * The switches that are on.
     *
     * @return in the order in which they were last turned; a copy.
     */
    public List<SwitchEntry> switches()
    {
        return List.copyOf(switches);
    }

    /**
     * The nonces that are used up: as the records have them, not what a running life adds.
     *
     * @return the highest of each API key.
     */
    public NonceMarks nonces()
    {
        return nonces;
    }

    /**
     * The rules that are stopped.
     *
     * @return in the order in which they were last stopped; a copy.
     */
    public List<ExecutionEntry> executions()
    {
        return List.copyOf(executions);
    }
}

package io.countersign.gateway.control;

import io.countersign.gateway.register.KeyEntry;

import java.util.List;

/**
 * What is to be done to keys: recorded, then in force, then answered. Immutable.
 *
 * @param generation   of the register that is to hold it.
 * @param entries      that change, as they are to be.
 * @param slots        what stands for the aliases that bots see changed; none where they see nothing.
 * @param call         that asked for it, or null: the schedule did.
 * @param comment      why, for the journal.
 * @param lines        of the answer.
 */
public record KeyUpdate(
    long generation,
    List<KeyEntry> entries,
    List<KeySlot> slots,
    OperatorCall call,
    String comment,
    List<String> lines)
{
    /**
     * Who asked for it.
     *
     * @return name; empty when the schedule did.
     */
    public String operatorName()
    {
        return null == call ? "" : call.operatorName();
    }

    /**
     * The session that it was asked for in.
     *
     * @return its id; 0 when the schedule did.
     */
    public long sessionId()
    {
        return null == call ? 0 : call.sessionId();
    }
}

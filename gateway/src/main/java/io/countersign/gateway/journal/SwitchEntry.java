package io.countersign.gateway.journal;

/**
 * A turn of a kill switch as its record has it.
 *
 * @param subject      a value of the journal's {@code SwitchSubject}.
 * @param reach        a value of the journal's {@code SwitchReach}.
 * @param isOn         whether it is on from here.
 * @param name         of the venue, key or principal; empty for everything.
 * @param operatorName who turned it.
 * @param comment      why, may be empty.
 */
public record SwitchEntry(int subject, int reach, boolean isOn, String name, String operatorName, String comment)
{
    /**
     * Whether another turn is one of the same switch.
     *
     * @param other turn.
     * @return true when subject, reach and name are the same.
     */
    public boolean isOfSameSwitch(final SwitchEntry other)
    {
        return subject == other.subject && reach == other.reach && name.equals(other.name);
    }
}

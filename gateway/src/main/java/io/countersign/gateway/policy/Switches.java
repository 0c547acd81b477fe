package io.countersign.gateway.policy;

import io.countersign.venues.Scope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The kill switches that are on. They are kept by name, so that they outlive a change of policy and hold for names that
 * the policy in force does not know; what a request asks is compiled to booleans. Looking up allocates nothing, turning
 * a switch does. For one thread.
 * <pre>
 *   a cancel is refused while a switch that reaches CANCELS is on for ALL, its venue, its key or its principal;
 *   anything else while one that reaches ALL_BUT_CANCELS is;
 *   what is signed for one operation and also valid for another, while it would be refused as either.
 * </pre>
 */
public final class Switches
{
    /** Subject of a switch: everything. A value of the wire's {@code SwitchSubject}. */
    public static final int ALL = 1;

    /** Subject of a switch: every key of a venue. */
    public static final int VENUE = 2;

    /** Subject of a switch: a key. */
    public static final int KEY = 3;

    /** Subject of a switch: a principal. */
    public static final int PRINCIPAL = 4;

    /** Reach of a switch: everything but cancels. A value of the wire's {@code SwitchReach}. */
    public static final int ALL_BUT_CANCELS = 1;

    /** Reach of a switch: cancels. */
    public static final int CANCELS = 2;

    private static final int CANCEL = Scope.CANCEL.bit();

    private final Policy policy;
    private final Set<Switch> on = new LinkedHashSet<>();
    private final boolean[] everything = new boolean[CANCELS + 1];
    private final boolean[][] keys;
    private final boolean[][] principals;

    Switches(final Policy policy)
    {
        this.policy = policy;
        keys = new boolean[CANCELS + 1][policy.keyCount()];
        principals = new boolean[CANCELS + 1][policy.principalCount()];
    }

    /**
     * Turn a switch.
     *
     * @param subject a value of the wire's {@code SwitchSubject}.
     * @param reach   a value of the wire's {@code SwitchReach}.
     * @param isOn    whether it is to be on.
     * @param name    of the venue, key or principal; not looked at for {@link #ALL}.
     * @return true when it was not so before.
     * @throws IllegalArgumentException when subject or reach is none.
     */
    public boolean set(final int subject, final int reach, final boolean isOn, final String name)
    {
        if (subject < ALL || PRINCIPAL < subject || reach < ALL_BUT_CANCELS || CANCELS < reach)
        {
            throw new IllegalArgumentException("subject " + subject + " and reach " + reach + " are no switch");
        }
        final Switch changed = new Switch(subject, reach, ALL == subject ? "" : name);
        final boolean isChanged = isOn ? on.add(changed) : on.remove(changed);
        if (isChanged)
        {
            compile();
        }
        return isChanged;
    }

    /**
     * Tell of every switch that is on, in the order in which they were turned on.
     *
     * @param consumer is told.
     */
    public void forEach(final Consumer consumer)
    {
        on.forEach((each) -> consumer.onSwitch(each.subject(), each.reach(), each.name()));
    }

    /**
     * How many switches are on.
     *
     * @return 0 when nothing is switched off.
     */
    public int count()
    {
        return on.size();
    }

    /** Whether a request is refused as any of what it serves: bits of {@link Scope}. */
    boolean isOff(final int principalIndex, final int keyIndex, final int effectiveScopes)
    {
        return 0 != (effectiveScopes & CANCEL) && isReached(CANCELS, principalIndex, keyIndex) ||
            0 != (effectiveScopes & ~CANCEL) && isReached(ALL_BUT_CANCELS, principalIndex, keyIndex);
    }

    private boolean isReached(final int reach, final int principalIndex, final int keyIndex)
    {
        return everything[reach] || keys[reach][keyIndex] || principals[reach][principalIndex];
    }

    void adopt(final Switches old)
    {
        on.addAll(old.on);
        compile();
    }

    private void compile()
    {
        for (int reach = ALL_BUT_CANCELS; reach <= CANCELS; reach++)
        {
            everything[reach] = false;
            Arrays.fill(keys[reach], false);
            Arrays.fill(principals[reach], false);
        }
        for (final Switch each : on)
        {
            compile(each);
        }
    }

    private void compile(final Switch each)
    {
        final byte[] name = each.name().getBytes(StandardCharsets.UTF_8);
        switch (each.subject())
        {
            case ALL -> everything[each.reach()] = true;
            case VENUE ->
            {
                for (int i = 0; i < keys[each.reach()].length; i++)
                {
                    keys[each.reach()][i] |= policy.venueOfKey(i).equals(each.name());
                }
            }
            case KEY -> mark(keys[each.reach()], policy.keyIndex(name));
            default -> mark(principals[each.reach()], policy.principalIndex(name));
        }
    }

    private static void mark(final boolean[] marks, final int index)
    {
        if (TextTable.ABSENT != index)
        {
            marks[index] = true;
        }
    }

    /**
     * Is told of switches.
     */
    @FunctionalInterface
    public interface Consumer
    {
        /**
         * A switch is on.
         *
         * @param subject a value of the wire's {@code SwitchSubject}.
         * @param reach   a value of the wire's {@code SwitchReach}.
         * @param name    of the venue, key or principal; empty for {@link #ALL}.
         */
        void onSwitch(int subject, int reach, String name);
    }

    private record Switch(int subject, int reach, String name)
    {
    }
}

package io.countersign.gateway.register;

import org.junit.jupiter.api.Test;

import static io.countersign.gateway.register.KeyState.*;
import static org.junit.jupiter.api.Assertions.*;

class KeyStateTest
{
    /** From each state (row) to each (column), in the order of the states. A suspended key also knows where it was. */
    private static final String[] TABLE =
    {
        // pre act ret sus rev des
        "  -   y   -   y   y   y", // pre-active
        "  -   -   y   y   y   -", // active
        "  -   y   -   y   y   -", // retiring
        "  y   y   y   -   y   -", // suspended
        "  -   -   -   -   -   y", // revoked
        "  -   -   -   -   -   -", // destroyed
    };

    @Test
    void shouldGoWhereTheTableSaysAndNowhereElse()
    {
        for (final KeyState from : KeyState.values())
        {
            for (final KeyState to : KeyState.values())
            {
                assertEquals(isAllowed(from, to), from.mayBecome(to), from + " to " + to);
            }
        }
    }

    @Test
    void shouldHoldEntriesAndRegistersToTheTable() throws Exception
    {
        for (final KeyState from : KeyState.values())
        {
            for (final KeyState before : befores(from))
            {
                final KeyEntry key = Entries.inState(Entries.key("a", 1), from, before);
                final RegisterDraft draft = new RegisterDraft(RegisterMark.NONE);
                draft.add(key);
                final Register register = draft.finish();
                for (final KeyState to : KeyState.values())
                {
                    final boolean isAllowed = isAllowed(from, to) && (null == before || REVOKED == to || before == to);
                    final String step = from + " (" + before + ") to " + to;
                    assertEquals(isAllowed, isTaken(() -> key.become(to, Entries.NOW_MS)), step);
                    final KeyEntry next = Entries.inState(key, to, SUSPENDED == to && null == before ?
                        from.maySuspend() ? from : PRE_ACTIVE : SUSPENDED == to ? before : null);
                    if (from != to)
                    {
                        assertEquals(isAllowed, isTaken(() -> register.withKey(next)), "register: " + step);
                    }
                }
            }
        }
    }

    @Test
    void shouldRememberTheStateBeforeASuspension() throws Exception
    {
        final KeyEntry active = Entries.active("a", 1);
        final KeyEntry suspended = active.become(SUSPENDED, Entries.NOW_MS);
        assertEquals(ACTIVE, suspended.stateBefore());
        assertFalse(suspended.signs());
        assertEquals(active, suspended.become(ACTIVE, Entries.NOW_MS + 9));
        assertNull(suspended.become(REVOKED, Entries.NOW_MS).stateBefore());
        final RegisterException ex =
            assertThrows(RegisterException.class, () -> suspended.become(RETIRING, Entries.NOW_MS));
        assertEquals("key a version 1 is suspended and was active before: it becomes that again, or revoked, and not " +
            "retiring", ex.getMessage());
    }

    @Test
    void shouldRefuseToSuspendOverAnotherStateBefore() throws Exception
    {
        final Register register = Register.EMPTY.withKey(Entries.active("a", 1));
        final KeyEntry forged = Entries.inState(Entries.active("a", 1), SUSPENDED, RETIRING);
        assertThrows(RegisterException.class, () -> register.withKey(forged));
        assertThrows(IllegalArgumentException.class, () -> Entries.inState(forged, SUSPENDED, REVOKED));
        assertThrows(IllegalArgumentException.class, () -> Entries.inState(forged, SUSPENDED, null));
        assertThrows(IllegalArgumentException.class, () -> Entries.inState(forged, REVOKED, ACTIVE));
    }

    @Test
    void shouldKnowItsNames()
    {
        for (final KeyState state : KeyState.values())
        {
            assertSame(state, KeyState.ofConfigName(state.configName()));
            assertEquals(ACTIVE == state, state.signs());
        }
        assertNull(KeyState.ofConfigName("Active"));
    }

    private static boolean isAllowed(final KeyState from, final KeyState to)
    {
        return "y".equals(TABLE[from.ordinal()].strip().split(" +")[to.ordinal()]);
    }

    private static KeyState[] befores(final KeyState state)
    {
        return SUSPENDED == state ? new KeyState[]{ PRE_ACTIVE, ACTIVE, RETIRING } : new KeyState[]{ null };
    }

    private static boolean isTaken(final Step step)
    {
        try
        {
            step.take();
            return true;
        }
        catch (final RegisterException ex)
        {
            return false;
        }
    }

    /** What may be refused. */
    private interface Step
    {
        void take() throws RegisterException;
    }
}

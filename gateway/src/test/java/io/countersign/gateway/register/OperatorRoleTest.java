package io.countersign.gateway.register;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.*;

class OperatorRoleTest
{
    /** viewer, auditor, trader-support, key-manager, security-officer; whether it takes four eyes. */
    private static final String[][] TABLE =
    {
        { "switch on", "- - y - y", "-" },
        { "switch off", "- - y - y", "-" },
        { "switch list", "y y y y y", "-" },
        { "policy reload", "- - - - y", "-" },
        { "execution enable", "- - y - y", "-" },
        { "keys list", "y y y y y", "-" },
        { "keys generate", "- - - y -", "-" },
        { "keys register", "- - - y -", "-" },
        { "keys activate", "- - - y -", "-" },
        { "keys rotate", "- - - y -", "-" },
        { "keys suspend", "- - - y y", "-" },
        { "keys revoke", "- - - y y", "-" },
        { "keys destroy", "- - - y y", "y" },
        { "keys recovery", "- - - y -", "-" },
        { "keys backup", "- - - y -", "-" },
        { "keys restore", "- - - y -", "y" },
        { "operators list", "y y y y y", "-" },
        { "operators proposals", "y y y y y", "-" },
        { "operators enroll", "- - - - y", "y" },
        { "operators remove", "- - - - y", "y" },
        { "operators unlock", "- - - - y", "y" },
        { "operators approve", "- - - - y", "-" },
    };
    private static final String[] ROLES =
        { "viewer", "auditor", "trader-support", "key-manager", "security-officer" };

    @Test
    void shouldAllowWhatTheTableSaysAndNothingElse()
    {
        final Set<OperatorAct> seen = new HashSet<>();
        for (final String[] row : TABLE)
        {
            final OperatorAct act = OperatorAct.ofCommand(row[0]);
            assertNotNull(act, row[0]);
            assertEquals(row[0], act.command());
            assertTrue(seen.add(act), row[0]);
            assertEquals("y".equals(row[2]), act.needsSecondOperator(), row[0]);
            final String[] allowed = row[1].split(" ");
            for (int i = 0; i < ROLES.length; i++)
            {
                final OperatorRole role = OperatorRole.ofConfigName(ROLES[i]);
                assertEquals("y".equals(allowed[i]), role.may(act), ROLES[i] + ": " + row[0]);
                assertEquals(role.may(act), role.acts().contains(act));
            }
        }
        assertEquals(EnumSet.allOf(OperatorAct.class), seen);
    }

    @Test
    void shouldKnowItsNames()
    {
        assertEquals(ROLES.length, OperatorRole.values().length);
        for (final String name : ROLES)
        {
            assertEquals(name, OperatorRole.ofConfigName(name).configName());
        }
        assertNull(OperatorRole.ofConfigName("Viewer"));
        assertNull(OperatorAct.ofCommand("keys"));
        assertThrows(
            UnsupportedOperationException.class, () -> OperatorRole.VIEWER.acts().add(OperatorAct.SWITCH_ON));
    }

    @Test
    void shouldMoveOperatorsAsTheTableSays()
    {
        final String[] table = { "- y y", "y - y", "y - -" };
        for (final OperatorState from : OperatorState.values())
        {
            for (final OperatorState to : OperatorState.values())
            {
                assertEquals("y".equals(table[from.ordinal()].split(" ")[to.ordinal()]), from.mayBecome(to),
                    from + " to " + to);
            }
            assertSame(from, OperatorState.ofConfigName(from.configName()));
        }
        assertNull(OperatorState.ofConfigName("gone"));
    }
}

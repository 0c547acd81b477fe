package io.countersign.ops;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.*;

class CountersignTest
{
    @ParameterizedTest
    @ValueSource(strings = {
        "", "audit", "audit replay", "status", "keys", "keys import", "token", "token init", "jwks", "jwks fetch",
        "jwks follow"})
    void shouldHaveHelpAndVersionEverywhere(final String command)
    {
        final String[] words = command.isEmpty() ? new String[0] : command.split(" ");
        final CommandRun help = CommandRun.of(with(words, "--help"));
        assertEquals(0, help.exitCode());
        assertTrue(help.out().startsWith(("Usage: countersign " + command).strip()), help.out());
        assertTrue(help.out().contains("Example"), help.out());
        assertTrue(help.out().lines().allMatch((line) -> line.length() <= 80), help.out());
        final CommandRun version = CommandRun.of(with(words, "--version"));
        assertEquals(0, version.exitCode());
        assertTrue(version.out().startsWith("countersign "), version.out());
    }

    @Test
    void shouldRefuseWhatItDoesNotKnowInOneLine()
    {
        for (final String[] words : new String[][]{{"nothing"}, {}, {"audit"}, {"status", "--nothing"}, {"keys"}})
        {
            final CommandRun run = CommandRun.of((Object[]) words);
            assertEquals(2, run.exitCode(), Arrays.toString(words));
            assertTrue(run.error().startsWith("countersign: "), run.err());
            assertEquals("", run.out());
        }
    }

    private static Object[] with(final String[] words, final String option)
    {
        return Stream.concat(Arrays.stream(words), Stream.of(option)).toArray();
    }
}

package io.countersign.gateway.config;

import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.policy.PolicyFixture;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertTrue;

class PolicyReaderFuzzTest
{
    private static final int TEXTS = 10_000;
    private static final Pattern PLACED =
        Pattern.compile("fuzz\\.yaml:[1-9][0-9]*:[1-9][0-9]*: (.*expected .*|.*\\.\\.\\.)");
    private static final String[] TOKENS = {
        "\t", "\n", "\u0000", ":", ": ", "- ", "[", "]", "{", "}", "&a ", "*a", "!!binary ", "!x ", "|", ">", "'", "\"",
        "\\", "---\n", "...\n", "%YAML 1.2\n", "? ", "<<: *a", "~", "null", "true", "1e9", "-1", "\uFEFF", "\u2028",
        "\uD83D\uDE00", "\uD83D", "\u007f", "\u0085", "#", "  ", "0x1", "99999999999999999999", "*", "@", "`",
        "\u0007", "{a: &a [1], b: *a}", "&a {a: 1}\n", "&b [1, *b]", "\r", "[[[[[[[[[[[[[[[[["};

    @Test
    void shouldAnswerEveryTextWithAPolicyOrLines()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final GatewayConfig gateway = PolicyFixture.gateway();
        int read = 0;
        for (int i = 0; i < TEXTS; i++)
        {
            final String text = mutated(random);
            try
            {
                // What is read compiles.
                new Ledger(PolicyCompiler.compile(PolicyReader.of(Path.of("fuzz.yaml"), text, gateway)));
                read++;
            }
            catch (final PolicyException ex)
            {
                ex.errors().forEach(ConfigReaderTest::assertOneLine);
                ex.errors().forEach((error) -> assertTrue(PLACED.matcher(error).matches(), error));
            }
            catch (final ConfigException ex)
            {
                throw new AssertionError("no error of this text: " + ex.getMessage(), ex);
            }
            catch (final RuntimeException | Error ex)
            {
                throw new AssertionError("seed " + seed + " text " + i + ":\n" + text, ex);
            }
        }
        final int good = read;
        assertTrue(good > 20 && good < TEXTS / 2, () -> good + " were read, seed " + seed);
    }

    private static String mutated(final Random random)
    {
        final StringBuilder text = new StringBuilder(PolicyReaderTest.GOOD);
        for (int i = 0, count = 1 + random.nextInt(4); i < count; i++)
        {
            final int at = random.nextInt(text.length());
            final int end = Math.min(text.length(), at + 1 + random.nextInt(20));
            switch (random.nextInt(6))
            {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2 -> text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
                case 4 -> text.replace(at, end, TOKENS[random.nextInt(TOKENS.length)]);
                default -> text.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
            }
        }
        return text.toString();
    }
}

package io.countersign.ops.operators;

import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.ops.CommandException;
import io.countersign.ops.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(30)
class OneTimeCodesTest
{
    /** RFC 6238, appendix B: the secret for SHA-1, and in base 32. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String BASE32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private final List<String> said = new ArrayList<>();
    @TempDir
    private Path temporary;

    @Test
    void shouldReadALinkOrItsSecret() throws IOException
    {
        for (final String text : List.of(BASE32, BASE32 + "\n", BASE32.toLowerCase(Locale.ROOT),
            TimeBasedCode.link("anna", SECRET) + "\n", "otpauth://totp/x?issuer=y&secret=" + BASE32,
            "otpauth://totp/x?secret=" + BASE32 + "&period=30&image=z"))
        {
            assertArrayEquals(SECRET, TotpSecret.read(file(text)), text);
        }
    }

    @Test
    void shouldRefuseOtherSecrets() throws IOException
    {
        for (final String text : List.of("", "\n", "123456", BASE32.substring(2), BASE32 + "A2345678",
            "otpauth://totp/x", "otpauth://totp/x?issuer=y", "otpauth://hotp/x?secret=" + BASE32,
            BASE32.replace('G', '1'),
            "otpauth://totp/x?secret=" + BASE32 + "&digits=8", "otpauth://totp/x?secret=" + BASE32 + "&period=60",
            "otpauth://totp/x?algorithm=SHA256&secret=" + BASE32, "otpauth://totp/x?secret="))
        {
            final CommandException ex =
                assertThrows(CommandException.class, () -> TotpSecret.read(file(text)), text);
            assertFalse(ex.getMessage().contains(BASE32), ex.getMessage());
        }
        final Path open = file(BASE32);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(assertThrows(CommandException.class, () -> TotpSecret.read(open)).getMessage()
            .contains("is open to others"));
    }

    /** RFC 6238, appendix B: at 59 s the code of 8 digits is 94287082. */
    @Test
    void shouldComputeEachCodeOnceAndWaitForTheNext()
    {
        final AtomicLong nowMs = new AtomicLong(59_000);
        final byte[] secret = SECRET.clone();
        try (OneTimeCodes codes = new OneTimeCodes("anna", List.of(), secret, nobody(), said::add,
            () -> nowMs.getAndAdd(1_000)))
        {
            assertEquals(287_082, codes.next());
            // The gateway takes the code of the step to come.
            assertEquals(TimeBasedCode.of(SECRET, 2), codes.next());
            assertEquals(TimeBasedCode.of(SECRET, 3), codes.next());
            assertTrue(nowMs.get() >= 60_000, "step 3 is to come from step 2 on");
            assertEquals(TimeBasedCode.of(SECRET, 4), codes.next());
            assertTrue(nowMs.get() >= 90_000);
            assertEquals(1, codes.nextInS() / 30 + 1);
        }
        assertEquals(1, said.stream().filter((line) -> line.matches(
            "waiting 30 s for the next one-time code of anna|waiting 2[0-9] s for the next one-time code of anna"))
            .count(), said.toString());
        assertArrayEquals(new byte[20], secret);
    }

    @Test
    void shouldTakeWhatWasGivenThenAsk()
    {
        final TypedTerminal terminal = new TypedTerminal("098 765", "12345");
        try (OneTimeCodes codes =
            new OneTimeCodes("anna", List.of("000001"), null, terminal, said::add, System::currentTimeMillis))
        {
            assertEquals(1, codes.next());
            assertEquals(98_765, codes.next());
            assertThrows(CommandException.class, codes::next);
            assertEquals(List.of("one-time code of anna:", "next one-time code of anna:"), terminal.questions());
        }
    }

    @Test
    void shouldSayThatNoCodeIsLeft()
    {
        try (OneTimeCodes codes =
            new OneTimeCodes("anna", List.of(), null, nobody(), said::add, System::currentTimeMillis))
        {
            assertThrows(CommandException.class, codes::requireAny);
            assertTrue(assertThrows(CommandException.class, codes::next).getMessage()
                .startsWith("there is no one-time code: "));
        }
        assertThrows(CommandException.class,
            () -> new OneTimeCodes("anna", List.of("1234567"), null, nobody(), said::add, System::currentTimeMillis));
        try (OneTimeCodes codes =
            new OneTimeCodes("anna", List.of("123456"), null, nobody(), said::add, System::currentTimeMillis))
        {
            codes.next();
            assertTrue(assertThrows(CommandException.class, codes::next).getMessage()
                .startsWith("there is no one-time code left"));
        }
    }

    private static Terminal nobody()
    {
        return Terminal.ofProcess(new PrintWriter(Writer.nullWriter()));
    }

    private Path file(final String text) throws IOException
    {
        final Path file = Files.writeString(temporary.resolve("totp"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}

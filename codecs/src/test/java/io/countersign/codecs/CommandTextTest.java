package io.countersign.codecs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

class CommandTextTest
{
    @Test
    void shouldReadWhatItWrites()
    {
        final CommandText command = CommandText.of("keys revoke")
            .with("alias", "binance-main").with("version", "2").with("comment", "für \"Anna\" = 1").with("at", null);
        assertEquals("command keys revoke\nalias binance-main\nversion 2\ncomment für \"Anna\" = 1\n",
            command.toString());
        final CommandText read = CommandText.parse(command.toString().getBytes(StandardCharsets.UTF_8));
        assertEquals(command.fields(), read.fields());
        assertEquals("keys revoke", read.command());
        assertNull(read.get("at"));
    }

    @Test
    void shouldNameSessionRequestAndDeadlineInWhatIsSigned()
    {
        assertEquals("countersign command, version 1\nsession 7\nrequest 8\ndeadline 9\ncommand keys list\n",
            new String(CommandText.of("keys list").signedBytes(7, 8, 9), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "\n", "command keys list", "alias a\n", "alias a\ncommand keys list\n", "command keys list\n\n",
        "command keys list\nalias\n", "command keys list\nalias \n", "command keys list\nalias a\nalias b\n",
        "command keys list\nAlias a\n", "command keys list\nalias a\rb\n", "command keys list\n alias a\n",
        "command keys list\nalias a\0\n", "command  \n\n", "command keys list\nali\u00e4s a\n",
        "command keys list\nalias a\u0085b\n"})
    void shouldRefuseWhatIsNoCommand(final String text)
    {
        assertThrows(IllegalArgumentException.class, () -> CommandText.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldRefuseWhatIsNoTextOrTooLong()
    {
        final byte[] malformed = "command keys list\nalias a?\n".getBytes(StandardCharsets.UTF_8);
        malformed[malformed.length - 2] = (byte) 0xFF;
        assertThrows(IllegalArgumentException.class, () -> CommandText.parse(malformed));
        final String long1 = "x".repeat(CommandText.MAX_VALUE_LENGTH);
        final CommandText command = CommandText.of("a").with("b", long1).with("c", long1);
        assertThrows(IllegalArgumentException.class, () -> command.with("d", long1 + "x"));
        assertThrows(IllegalArgumentException.class, () -> command.with("d", long1));
    }
}

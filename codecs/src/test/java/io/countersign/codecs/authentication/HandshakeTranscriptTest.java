package io.countersign.codecs.authentication;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

import static io.countersign.codecs.authentication.EgressChannel.IPC;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class HandshakeTranscriptTest
{
    private final byte[] apiKey = filled(1);
    private final byte[] maker = "maker".getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldGiveOtherProofsAndKeysForWhateverDiffers()
    {
        final Set<String> all = new LinkedHashSet<>();
        int expected = 0;
        final HandshakeTranscript[] transcripts = {
            new HandshakeTranscript(1, maker, 7, IPC, filled(2), filled(3)),
            new HandshakeTranscript(2, maker, 7, IPC, filled(2), filled(3)),
            new HandshakeTranscript(1, "maker2".getBytes(StandardCharsets.UTF_8), 7, IPC, filled(2), filled(3)),
            new HandshakeTranscript(1, new byte[0], 7, IPC, filled(2), filled(3)),
            new HandshakeTranscript(1, maker, 8, IPC, filled(2), filled(3)),
            new HandshakeTranscript(1, maker, 7, EgressChannel.udp(1), filled(2), filled(3)),
            new HandshakeTranscript(1, maker, 7, EgressChannel.udp(40_457), filled(2), filled(3)),
            new HandshakeTranscript(1, maker, 7, IPC, filled(3), filled(2)),
            new HandshakeTranscript(1, maker, 7, IPC, filled(2), filled(2))
        };
        for (final HandshakeTranscript transcript : transcripts)
        {
            for (final byte[] key : new byte[][]{apiKey, filled(9)})
            {
                all.add(HexFormat.of().formatHex(transcript.gatewayProof(key)));
                all.add(HexFormat.of().formatHex(transcript.botProof(key)));
                all.add(HexFormat.of().formatHex(transcript.keyToGateway(key)));
                all.add(HexFormat.of().formatHex(transcript.keyToBot(key)));
                expected += 4;
            }
        }
        assertEquals(expected, all.size());
    }

    @Test
    void shouldBeTheSameAtBothEnds()
    {
        final HandshakeTranscript bot = new HandshakeTranscript(1, maker, 7, IPC, filled(2), filled(3));
        final HandshakeTranscript gateway = new HandshakeTranscript(1, maker.clone(), 7, IPC, filled(2), filled(3));
        assertArrayEquals(bot.botProof(apiKey), gateway.botProof(apiKey));
        assertArrayEquals(bot.keyToBot(apiKey), gateway.keyToBot(apiKey));
    }

    /** Written out by hand from the prose of the wire schema. */
    @Test
    void shouldSignTheTranscriptOfTheWireSchema()
    {
        final String transcript = "0300" + "01000000" + "07000000" + "ea030000" + "02" + "099e" +
            "02".repeat(32) + "03".repeat(32) + "05" + HexFormat.of().formatHex(maker);
        final String label = "countersign bot proof, version 3";
        final byte[] message = HexFormat.of().parseHex(
            HexFormat.of().toHexDigits((byte) label.length()) +
            HexFormat.of().formatHex(label.getBytes(StandardCharsets.US_ASCII)) + transcript);
        assertArrayEquals(
            HmacSha256.mac(apiKey, message),
            new HandshakeTranscript(1, maker, 7, EgressChannel.udp(40_457), filled(2), filled(3)).botProof(apiKey));
    }

    @Test
    void shouldTakeNoWayBackThatIsNone()
    {
        for (final int[] none : new int[][]{{0, 0}, {1, 1}, {2, 0}, {2, -1}, {2, 65_536}, {3, 1}})
        {
            assertThrows(IllegalArgumentException.class, () -> new EgressChannel(none[0], none[1]));
        }
    }

    private static byte[] filled(final int value)
    {
        final byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}

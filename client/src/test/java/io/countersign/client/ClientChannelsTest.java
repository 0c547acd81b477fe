package io.countersign.client;

import io.countersign.codecs.authentication.EgressChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ClientChannelsTest
{
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:40456,10.0.0.7,10.0.0.7", "gateway.example.com:1,10.0.0.7,10.0.0.7",
        "[2001:db8::1]:65535,2001:db8::7,[2001:db8::7]"})
    void shouldSendFromAndListenAtTheOwnAddress(final String gateway, final String own, final String host)
    {
        final ClientChannels channels = ClientChannels.udp(gateway, 40_457, own);
        assertEquals("aeron:udp?endpoint=" + gateway + "|interface=" + host, channels.ingress());
        assertEquals("aeron:udp?endpoint=" + host + ":40457|session-id=-5", channels.egress(-5));
        assertEquals(EgressChannel.udp(40_457), channels.wayBack());
    }

    @Test
    void shouldGoBySharedMemoryByDefault()
    {
        assertEquals("aeron:ipc", new CountersignClient.Context().channels().ingress());
        assertEquals("aeron:ipc?session-id=7", new CountersignClient.Context().channels().egress(7));
        assertEquals(EgressChannel.IPC, new CountersignClient.Context().channels().wayBack());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "10.0.0.1", "10.0.0.1:", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1:1|session-id=1", "a?b:1", "::1:5",
        "[::1]", "h:1,aeron:ipc", " h:1"})
    void shouldRefuseWhatIsNoEndpoint(final String gateway)
    {
        assertComplaint("gatewayEndpoint", gateway, 1, "10.0.0.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "0.0.0.0", "::", "10.0.0.7|x=1", "[::1]", "fe80::1%lo", "239.0.0.1"})
    void shouldRefuseWhatIsNoOwnAddress(final String own)
    {
        assertComplaint("ownAddress", "10.0.0.1:1", 1, own);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void shouldRefuseWhatIsNoPort(final int port)
    {
        assertComplaint("egressPort", "10.0.0.1:1", port, "10.0.0.7");
    }

    private static void assertComplaint(final String setting, final String gateway, final int port, final String own)
    {
        final CountersignClient.Context context = new CountersignClient.Context();
        final IllegalStateException ex =
            assertThrows(IllegalStateException.class, () -> context.udp(gateway, port, own));
        assertTrue(ex.getMessage().startsWith(setting + " is "), ex.getMessage());
    }
}

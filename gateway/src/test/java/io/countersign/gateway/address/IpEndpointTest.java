package io.countersign.gateway.address;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IpEndpointTest
{
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:1,10.0.0.1:1", "0.0.0.0:65535,0.0.0.0:65535", "[::1]:40456,[::1]:40456",
        "[2001:DB8:0::1]:9,[2001:db8::1]:9", "[::ffff:10.0.0.1]:9,10.0.0.1:9"})
    void shouldWriteWhatItReads(final String text, final String expected)
    {
        assertEquals(expected, IpEndpoint.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ":", ":1", "10.0.0.1", "10.0.0.1:", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1:99999999999", "10.0.0.1:+1",
        "10.0.0.1:01", "10.0.0.1: 1", "localhost:1", "::1:40456", "[::1]", "[::1]:", "[::1]40456", "[10.0.0.1]:1",
        "[::1%lo]:1", "[::1:1", "::1]:1", "10.0.0.1:1|session-id=1", "[]:1", "[:1", "]:1"})
    void shouldRefuseWhatIsNoEndpoint(final String text)
    {
        final IllegalArgumentException ex = assertThrows(IllegalArgumentException.class, () -> IpEndpoint.parse(text));
        assertTrue(ex.getMessage().contains("expected one such as 10.0.0.1:40456 or [2001:db8::1]:40456"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:1,true", "223.255.255.255:1,true", "224.0.0.1:1,false", "255.255.255.255:1,false", "[::1]:1,true",
        "[ff02::1]:1,false", "[fe80::1]:1,true"})
    void shouldKnowTheAddressesOfGroups(final String text, final boolean isUnicast)
    {
        assertEquals(isUnicast, IpEndpoint.parse(text).isUnicast());
    }
}

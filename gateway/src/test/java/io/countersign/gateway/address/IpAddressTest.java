package io.countersign.gateway.address;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IpAddressTest
{
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,0.0.0.0", "255.255.255.255,255.255.255.255", "10.0.0.1,10.0.0.1",
        "::,::", "::1,::1", "1::,1::", "2001:DB8::1,2001:db8::1", "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1", "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8",
        "0:0:1:0:0:0:2:3,0:0:1::2:3", "1:2:3:4:5:6:0:0,1:2:3:4:5:6::",
        "::ffff:10.0.0.1,10.0.0.1", "::FFFF:a00:1,10.0.0.1", "64:ff9b::192.0.2.33,64:ff9b::c000:221"})
    void shouldWriteWhatItReads(final String text, final String expected)
    {
        assertEquals(expected, IpAddress.text(IpAddress.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "localhost", "1", "1.2", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "010.0.0.1", "0x7f.0.0.1",
        "1.2.3.4 ", " 1.2.3.4", "1.2.3.", ".1.2.3", "+1.2.3.4", "1.2.3.-4", "١.2.3.4", "1.2.3.4\n", "::1\n",
        ":", ":1", "1:", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::g", "[::1]", "::1%lo",
        "fe80::1%1", "::ffff:1.2.3", "::ffff:01.2.3.4", "::1.2.3.256", "1:2:3:4:5:6:7:1.2.3.4", "beef", "be.ef", "a:b",
        "::1.2.3.4:1", "1.2.3.4::", "::/0", "1.2.3.4/32",
        "0000:0000:0000:0000:0000:0000:255.255.255.255000000000000"})
    void shouldRefuseWhatIsNoLiteralAddress(final String text)
    {
        final IllegalArgumentException ex = assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
        assertTrue(ex.getMessage().contains("expected one such as 10.0.0.1 or 2001:db8::1"), ex.getMessage());
    }

    @Test
    void shouldAgreeWithTheJdkOnRandomAddresses() throws UnknownHostException
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            final byte[] address = new byte[random.nextBoolean() ? IpAddress.V4_LENGTH : IpAddress.V6_LENGTH];
            random.nextBytes(address);
            for (int j = 0; j < address.length; j++)
            {
                address[j] = random.nextInt(3) > 0 ? 0 : address[j];
            }
            final String text = IpAddress.text(address);
            assertArrayEquals(address, IpAddress.parse(text), () -> text + " seed " + seed);
            assertArrayEquals(
                address, IpAddress.parse(InetAddress.getByAddress(address).getHostAddress()), () -> text);
        }
    }

    @Test
    void shouldRefuseBytesThatAreNoAddress()
    {
        assertThrows(IllegalArgumentException.class, () -> IpAddress.text(new byte[5]));
    }
}

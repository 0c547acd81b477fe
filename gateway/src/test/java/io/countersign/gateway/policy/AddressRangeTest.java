package io.countersign.gateway.policy;

import com.sun.management.ThreadMXBean;
import io.countersign.gateway.address.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AddressRangeTest
{
    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,10.1.0.0,true", "10.1.0.0/16,10.1.255.255,true",
        "10.1.0.0/16,10.0.255.255,false", "10.1.0.0/16,10.2.0.0,false",
        "0.0.0.0/0,255.255.255.255,true", "0.0.0.0/0,0.0.0.0,true", "128.0.0.0/1,127.255.255.255,false",
        "192.168.1.7,192.168.1.7,true", "192.168.1.7,192.168.1.6,false", "192.168.1.6/31,192.168.1.7,true",
        "2001:db8::/32,2001:db8:ffff::1,true", "2001:db8::/32,2001:db9::,false",
        "2001:db8::/63,2001:db8:0:1::,true", "2001:db8::/64,2001:db8:0:1::,false",
        "2001:db8::/64,2001:db8::ffff:ffff:ffff:ffff,true", "2001:db8::/65,2001:db8::8000:0:0:0,false",
        "::1,::1,true", "::1,::2,false", "::1/128,::1,true",
        "::/0,::1,true", "::/0,ffff::,true"})
    void shouldHoldTheAddressesOfItsPrefix(final String range, final String address, final boolean isHeld)
    {
        assertEquals(isHeld, AddressRange.parse(range).contains(IpAddress.parse(address)));
    }

    @ParameterizedTest
    @CsvSource({"::/0,10.0.0.1", "0.0.0.0/0,::1", "::ffff:0:0/96,::1", "::/80,10.0.0.1", "0.0.0.0/0,::"})
    void shouldHoldNoAddressOfTheOtherFamily(final String range, final String address)
    {
        assertFalse(AddressRange.parse(range).contains(IpAddress.parse(address)));
    }

    @Test
    void shouldTakeAMappedAddressForTheAddressThatItStandsFor()
    {
        final byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        assertTrue(AddressRange.parse("10.0.0.0/8").contains(mapped));
        assertFalse(AddressRange.parse("::/0").contains(mapped));
        assertFalse(AddressRange.parse("11.0.0.0/8").contains(mapped));
        assertEquals(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::ffff:10.0.0.0/104"));
        assertEquals(AddressRange.parse("10.0.0.1/32"), AddressRange.parse("::ffff:10.0.0.1"));
        assertEquals(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::ffff:0:0/96"));
    }

    @Test
    void shouldHoldNothingThatIsNoAddress()
    {
        for (int length = 0; length < 20; length++)
        {
            if (IpAddress.V4_LENGTH != length && IpAddress.V6_LENGTH != length)
            {
                assertFalse(AddressRange.parse("0.0.0.0/0").contains(new byte[length]));
                assertFalse(AddressRange.parse("::/0").contains(new byte[length]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/8 ",
        "10.0/16", "10.0.0.0-10.0.0.9", "10.0.0.*", "any", "localhost", "bot.example.com/32", "::1%lo/128", "[::1]/128",
        "10.0.0.0/255.0.0.0", "10.0.0.0/8\n", "10.0.0.0/1000", "10.0.0.0/٨"})
    void shouldSayWhatARangeLooksLike(final String text)
    {
        assertMessage(text, "is not an address range; expected one such as 10.1.0.0/16, 10.1.2.3, 2001:db8::/32");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33,expected 0 to 32", "::/129,expected 0 to 128", "10.0.0.0/999,expected 0 to 32",
        "::ffff:10.0.0.0/95,expected 96 to 128", "::ffff:0.0.0.0/0,expected 96 to 128",
        "10.0.0.1/8,expected 10.0.0.0/8", "0.0.0.1/0,expected 0.0.0.0/0", "10.0.0.1/31,expected 10.0.0.0/31",
        "2001:db8::1/64,expected 2001:db8::/64", "2001:db8:1::/32,expected 2001:db8::/32", "::1/127,expected ::/127",
        "8000::/0,expected ::/0", "::ffff:10.0.0.1/104,expected 10.0.0.0/8"})
    void shouldSayWhichPrefixWasExpected(final String text, final String expected)
    {
        assertMessage(text, expected);
    }

    @Test
    void shouldAgreeWithArithmeticOnRandomRanges()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            final int length = random.nextBoolean() ? IpAddress.V4_LENGTH : IpAddress.V6_LENGTH;
            final int bits = length * Byte.SIZE;
            final int prefixLength = random.nextInt(bits + 1);
            final byte[] network = new byte[length];
            random.nextBytes(network);
            final BigInteger first = number(network).shiftRight(bits - prefixLength).shiftLeft(bits - prefixLength);
            final String text = IpAddress.text(bytes(first, length)) + "/" + prefixLength;
            final AddressRange range = AddressRange.parse(text);
            assertEquals(text, range.toString());
            assertEquals(range, AddressRange.parse(range.toString()));
            assertEquals(range.hashCode(), AddressRange.parse(range.toString()).hashCode());
            final byte[] address = network.clone();
            address[random.nextInt(length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            final boolean isHeld = number(address).shiftRight(bits - prefixLength)
                .equals(first.shiftRight(bits - prefixLength));
            assertEquals(isHeld, range.contains(address), () -> text + " seed " + seed);
            assertTrue(range.contains(network), () -> text + " seed " + seed);
        }
    }

    @Test
    void shouldTellRangesApart()
    {
        assertNotEquals(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::/0"));
        assertNotEquals(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("10.0.0.0/9"));
        assertNotEquals(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("11.0.0.0/8"));
        assertNotEquals(AddressRange.parse("10.0.0.0/8"), (Object) "10.0.0.0/8");
    }

    @Test
    void shouldNotAllocateWhenAsked()
    {
        final AddressRange range = AddressRange.parse("2001:db8::/32");
        final byte[] v6 = IpAddress.parse("2001:db8::1");
        final byte[] v4 = IpAddress.parse("10.0.0.1");
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int held = 0;
        long allocated = -1;
        for (int round = 0; round < 3; round++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100_000; i++)
            {
                held += range.contains(v6) ? 1 : 0;
                held += range.contains(v4) ? 1 : 0;
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(300_000, held);
        assertTrue(allocated < 1_000, "allocated bytes: " + allocated);
    }

    private static void assertMessage(final String text, final String expected)
    {
        final IllegalArgumentException ex =
            assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
        assertTrue(ex.getMessage().contains(expected), ex.getMessage());
        assertTrue(ex.getMessage().contains("'" + text + "'"), ex.getMessage());
    }

    private static BigInteger number(final byte[] address)
    {
        return new BigInteger(1, address);
    }

    private static byte[] bytes(final BigInteger number, final int length)
    {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = number.shiftRight((length - 1 - i) * Byte.SIZE).byteValue();
        }
        return bytes;
    }
}

package io.countersign.venues.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest
{
    private final AddressText addresses = new AddressText();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[AddressText.LENGTH]);

    /** The examples of EIP-55; two have no letter of the other kind. */
    @ParameterizedTest
    @ValueSource(strings = {
        "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb" })
    void shouldTakeAddresses(final String address)
    {
        final String small = address.toLowerCase(Locale.ROOT);
        assertTrue(isAddress(address));
        assertEquals(small, out.getStringWithoutLengthAscii(0, AddressText.LENGTH));
        assertTrue(isAddress(small));
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[20]);
        AddressText.bytes(out, 0, bytes, 0);
        assertEquals(small.substring(2), HexFormat.of().formatHex(bytes.byteArray()));

        for (int i = 2; i < address.length(); i++)
        {
            final char c = address.charAt(i);
            final char other = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
            final String changed = address.substring(0, i) + other + address.substring(i + 1);
            assertEquals(changed.equals(address) || changed.equals(small), isAddress(changed), changed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "0x", "0X52908400098527886e0f7030069857d2e4169ee7", "52908400098527886e0f7030069857d2e4169ee700",
        "0x52908400098527886e0f7030069857d2e4169ee", "0x52908400098527886e0f7030069857d2e4169ee70",
        "0x52908400098527886e0f7030069857d2e4169eg7", "0x52908400098527886e0f7030069857d2e4169e 7",
        "0x52908400098527886e0f7030069857d2e4169e\u00e9", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
        "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED" })
    void shouldRefuseWhatIsNone(final String text)
    {
        assertFalse(isAddress(text));
    }

    private boolean isAddress(final String text)
    {
        final byte[] bytes = ("  " + text + " ").getBytes(StandardCharsets.UTF_8);
        return addresses.canonical(new UnsafeBuffer(bytes), 2, bytes.length - 3, out);
    }
}

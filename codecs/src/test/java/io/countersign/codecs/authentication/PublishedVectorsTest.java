package io.countersign.codecs.authentication;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 4231, section 4, and RFC 5869, appendix A.1 to A.3. A value {@code 0b*20} is the byte 0b, 20 times. */
class PublishedVectorsTest
{
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "0b*20, 4869205468657265, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f, " +
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aa*20, dd*50, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "0102030405060708090a0b0c0d0e0f10111213141516171819, cd*50, " +
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "aa*131, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b657" +
            "9204669727374, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "aa*131, 5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b6" +
            "57920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e65656" +
            "47320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676" +
            "f726974686d2e, 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"})
    void shouldGiveTheMacsOfRfc4231(final String key, final String message, final String expected)
    {
        final byte[] bytes = bytes(message);
        assertEquals(expected, HEX.formatHex(HmacSha256.mac(bytes(key), bytes)));

        final HmacSha256 hmac = new HmacSha256(bytes(key));
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length + 3));
        direct.putBytes(3, bytes);
        final byte[] mac = new byte[HmacSha256.LENGTH + 5];
        for (int split = 0; split <= bytes.length; split++)
        {
            hmac.update(bytes, 0, split);
            hmac.update(direct, 3 + split, bytes.length - split);
            hmac.finish(mac, 5);
            assertEquals(expected, HEX.formatHex(mac, 5, mac.length), "split at " + split);
        }
    }

    /** RFC 4231 test case 5 is about truncation to 128 bits. */
    @ParameterizedTest
    @CsvSource("0c*20, 546573742057697468205472756e636174696f6e, a3b6167473100ee06e0c796c2955552b")
    void shouldGiveTheTruncatedMacOfRfc4231(final String key, final String message, final String expected)
    {
        final byte[] bytes = bytes(message);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[bytes.length + FrameAuthenticator.TAG_LENGTH]);
        frame.putBytes(0, bytes);
        assertEquals(frame.capacity(), new FrameAuthenticator(bytes(key)).append(frame, 0, bytes.length));
        assertEquals(expected, HEX.formatHex(frame.byteArray(), bytes.length, frame.capacity()));
    }

    @ParameterizedTest
    @CsvSource({
        "0b*22, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9, " +
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323" +
            "33435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f, " +
            "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909" +
            "192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf, " +
            "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e" +
            "1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff, " +
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3" +
            "275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        "0b*22, '', '', 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"})
    void shouldGiveTheKeysOfRfc5869(final String key, final String salt, final String info, final String expected)
    {
        assertEquals(
            expected,
            HEX.formatHex(HkdfSha256.derive(bytes(key), bytes(salt), bytes(info), expected.length() / 2)));
    }

    private static byte[] bytes(final String text)
    {
        final int star = text.indexOf('*');
        if (star < 0)
        {
            return HEX.parseHex(text);
        }
        final byte[] bytes = new byte[Integer.parseInt(text.substring(star + 1))];
        Arrays.fill(bytes, HEX.parseHex(text.substring(0, star))[0]);
        return bytes;
    }
}

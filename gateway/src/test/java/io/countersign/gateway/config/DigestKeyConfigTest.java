package io.countersign.gateway.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.VenueKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.HexFormat;

class DigestKeyConfigTest
{
    /** Of the private key 0123...0123, which the tests of Hyperliquid's SDK publish. */
    private static final String PUBLIC_KEY =
        "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEZlX+7U0hTCYeCmtVQ5VZbx8Udqd9mZVg5ajfm4oaNRUhfojdBek4791xsszjIr8B2pbN" +
        "Qgh7I26PUEMVepwGjg==";

    private static final Path FILE = Path.of("conf", "gateway.yaml");
    private static final String GOOD = ConfigReaderTest.GOOD.replace("""
            algorithm: Ed25519
            public-key: AAEC
            venue: binance-spot
            api-key: def
        """, """
            algorithm: ECDSA-secp256k1-Keccak256
            public-key: PUBLIC_KEY
            venue: hyperliquid
            api-key: "0x14791697260e4c9a71f18484c9f997b308e59325"
            parameters: {network: testnet}
        """.replace("PUBLIC_KEY", PUBLIC_KEY));

    @Test
    void shouldReadAKeyThatSignsDigests() throws Exception
    {
        final GatewayConfig config = ConfigReader.of(FILE, GOOD);
        final VenueKey key = config.keys().get(1).venueKey();
        assertEquals("hyperliquid", config.keys().get(1).venue().name());
        assertArrayEquals(
            HexFormat.of().parseHex("14791697260e4c9a71f18484c9f997b308e59325"), key.secp256k1().address());
        assertEquals("testnet", key.parameter(0).getStringWithoutLengthAscii(0, 7));
        assertEquals("none", key.parameter(1).getStringWithoutLengthAscii(0, 4));
        assertNull(config.keys().get(0).venueKey().secp256k1());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
        {
            "0x14791697260e4c | 0x24791697260e4c | 'second' cannot be used at hyperliquid: 'api-key' is 0x2479",
            "network: testnet | network: other | mainnet, testnet",
            "network: testnet | vault: 0x12 | 'vault' is no address",
            "MFYwEAYHKoZIzj0CAQ | AFYwEAYHKoZIzj0CAQ | 'public-key' is not a SubjectPublicKeyInfo",
            "epwGjg | epwGAg | 'public-key' is not an uncompressed point on secp256k1",
            "-Keccak256 | -SHA256 | hyperliquid takes no ECDSA-secp256k1-SHA256; expected one of ECDSA-secp256k1-Keccak"
        })
    void shouldPointAtTheMistake(final String good, final String bad, final String what)
    {
        assertTrue(GOOD.contains(good));
        final String message =
            assertThrows(ConfigException.class, () -> ConfigReader.of(FILE, GOOD.replace(good, bad))).getMessage();
        assertTrue(message.contains(what), message);
        assertTrue(message.startsWith("conf/gateway.yaml:"), message);
    }
}

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

    /** The chain's address of a key is what orders and transactions come from: a wrong one is seen at start. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
        {
            "Keccak256 | ethereum | chain-id: '5', data: none | 0x14791697260e4c9a71f18484c9f997b308e59325 |",
            "Keccak256 | ethereum | data: all | 0x14791697260e4c9a71f18484c9f997b308e59325 | one of none, any",
            "Keccak256 | ethereum | data: any | 0x24791697260e4c9a71f18484c9f997b308e59325 | has the address 0x1479",
            "SHA256 | dydx-v4 | subaccount: '1' | dydx1x | no parameter 'account-number'",
            "SHA256 | dydx-v4 | account-number: x | dydx1x | 'account-number' is no number",
            "SHA256 | dydx-v4 | account-number: '7' | dydx1x | has the address dydx1"
        })
    void shouldCheckKeysOfChains(
        final String hash, final String venue, final String parameters, final String apiKey, final String what)
        throws Exception
    {
        final String text = GOOD.replace("Keccak256", hash).replace("venue: hyperliquid", "venue: " + venue)
            .replace("network: testnet", parameters).replace("0x14791697260e4c9a71f18484c9f997b308e59325", apiKey);
        if (null == what)
        {
            assertEquals(venue, ConfigReader.of(FILE, text).keys().get(1).venue().name());
            return;
        }
        final String message = assertThrows(ConfigException.class, () -> ConfigReader.of(FILE, text)).getMessage();
        assertTrue(message.contains(what), message);
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

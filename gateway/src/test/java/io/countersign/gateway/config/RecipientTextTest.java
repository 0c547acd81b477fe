package io.countersign.gateway.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RecipientTextTest
{
    /** Requests have addresses in small letters when policy is asked. */
    @ParameterizedTest
    @CsvSource({"operations: [transact]", "scopes: [transfer]", "'operations: [transact, new-order]'"})
    void shouldSpellRecipientsAsRequestsDo(final String granted) throws Exception
    {
        final String good = PolicyReaderTest.GOOD.replace(
            "scopes: [query, trade, cancel, transfer]\n        symbols: [\"*\"]\n",
            granted + "\n        symbols: [\"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\", " +
            "\"0x52908400098527886e0f7030069857d2e4169ee7\"]\n");
        assertEquals(
            List.of("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "0x52908400098527886e0f7030069857d2e4169ee7"),
            PolicyReaderTest.read(good).principals().get(1).rules().get(0).symbols());
        final List<String> errors = PolicyReaderTest.errors(good.replace("BeAed", "BeAeD"));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.getFirst().contains(
            "'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD' is unknown in 'symbols'; expected addresses (0x and 40"),
            errors::toString);
        final String other = good.replace("0x52908400098527886e0f7030069857d2e4169ee7", "LTCBTC");
        if (granted.contains("new-order"))
        {
            assertTrue(PolicyReaderTest.read(other).principals().get(1).rules().get(0).symbols().contains("LTCBTC"));
        }
        else
        {
            assertEquals(1, PolicyReaderTest.errors(other).size());
        }
    }
}

package io.countersign.gateway.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/**
 * What a policy lets through beyond what it says, and how it says that, too.
 */
class PowerSectionTest
{
    private static final String CONFIG = """
        gateway:
          ingresses: [{name: "ipc:bots", aeron-directory: aeron}]
          journal-directory: journal
        token: {module: module.so, label: token, pin-file: pin}
        authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
        keys:
          - {alias: spot, id: "01", algorithm: HMAC-SHA256, check-value: 00000000000000000000000000000001,
             venue: binance-spot, api-key: a}
          - {alias: um, id: "01", algorithm: HMAC-SHA256, check-value: 00000000000000000000000000000001,
             venue: binance-um, api-key: a}
          - {alias: alone, id: "03", algorithm: HMAC-SHA256, check-value: 00000000000000000000000000000003,
             venue: binance-spot, api-key: c}
          - {alias: linear, id: "04", algorithm: HMAC-SHA256, check-value: 00000000000000000000000000000004,
             venue: bybit-v5, api-key: d, parameters: {category: linear}}
          - {alias: bybit-spot, id: "05", algorithm: HMAC-SHA256, check-value: 00000000000000000000000000000005,
             venue: bybit-v5-spot, api-key: d}
          - {alias: intx, id: "06", algorithm: HMAC-SHA256, check-value: 00000000000000000000000000000006,
             venue: coinbase-intx, api-key: e, passphrase: p, parameters: {portfolio: x}}
          - {alias: okx, id: "07", algorithm: HMAC-SHA256, check-value: 00000000000000000000000000000007,
             venue: okx-v5, api-key: f, passphrase: p}
        policy: policy.yaml
        """;
    private static final String POLICY = """
        acknowledge: [login]
        principals:
          - name: bot
            rules:
              - {name: r, %s}
        """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        keys: [alone], operations: [new-order], symbols: [X]                        | ''
        keys: [spot, um], operations: [new-order], symbols: [X]                     | ''
        keys: [spot], operations: [new-order], symbols: [X]                         | new-order at binance-um
        keys: [spot], operations: [cancel-order], symbols: [X]                      | cancel-order at binance-um
        keys: [spot], operations: [query-account]                                   | ''
        keys: [okx], operations: [query-order, new-order], symbols: [X]             | ''
        keys: [bybit-spot], operations: [cancel-all], symbols: ["*"]                | ''
        keys: [linear], operations: [cancel-order], symbols: [X]                    | cancel-all
        keys: [intx], operations: [new-order], symbols: [X]                         | ''
        keys: [intx], operations: [cancel-all], symbols: ["*"]                      | ''
        """)
    void shouldRefuseWhatReachesFurtherThanItSays(final String rule, final String reached)
    {
        final List<String> errors = errors(rule);
        assertEquals(reached.isEmpty() ? 0 : 1, errors.size(), errors::toString);
        if (!reached.isEmpty())
        {
            final String name = reached.endsWith(" at binance-um") ?
                "binance-um/" + reached.substring(0, reached.indexOf(' ')) : reached;
            final String expected = " is also a valid " + reached + "; expected the rule to grant both or neither, " +
                "or 'acknowledge: [" + name + "]' in it";
            assertEquals(expected, errors.getFirst().substring(errors.getFirst().indexOf(" is also")));
            assertEquals(List.of(), errors(rule + ", acknowledge: [" + name + "]"));
        }
    }

    /** Where only the path is bound, neither symbols nor limits hold. */
    @Test
    void shouldRefuseLimitsThatTheSignatureDoesNotKeep()
    {
        final String rule = "keys: [intx], operations: [cancel-order, query-order], symbols: [X]";
        assertEquals(List.of(
            "policy.yaml:5:45: at coinbase-intx a signed cancel-order is valid with any parameters, whatever the " +
                "rule says of symbols and limits; expected the rule without, or 'acknowledge: [cancel-order]' in it",
            "policy.yaml:5:45: at coinbase-intx a signed query-order is valid with any parameters, whatever the " +
                "rule says of symbols and limits; expected the rule without, or 'acknowledge: [query-order]' in it"),
            errors(rule));
        assertEquals(List.of(), errors(rule + ", acknowledge: [query-order, cancel-order]"));
        assertEquals(List.of(), errors(rule.replace("[X]", "[\"*\"]")));
    }

    /** Every way that the same bytes are taken has to be named. */
    @Test
    void shouldWantEachPowerByItsName()
    {
        final String rule = "keys: [spot], operations: [query-order], symbols: [X], acknowledge: [%s]";
        assertEquals(2, errors(rule.replace(", acknowledge: [%s]", "")).size());
        assertEquals(1, errors(rule.formatted("cancel-order")).size());
        assertEquals(1, errors(rule.formatted("binance-um/cancel-order")).size());
        assertEquals(List.of(), errors(rule.formatted("cancel-order, binance-um/cancel-order")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        keys: [alone], operations: [new-order], symbols: [X], acknowledge: [cancel-order]  \
            | what this rule grants is not valid for 'cancel-order'; expected no more in 'acknowledge' than what \
        its signatures reach
        keys: [alone], operations: [new-order], symbols: [X], acknowledge: [binance-um/new-order]  \
            | what this rule grants is not valid for 'binance-um/new-order'; expected no more in 'acknowledge' than \
        what its signatures reach
        keys: [alone], operations: [new-order], symbols: [X], acknowledge: [all]  \
            | 'all' is unknown in 'acknowledge'; expected operations such as cancel-order, at another venue \
        binance-um/cancel-order
        keys: [alone], operations: [new-order], symbols: [X], max-logins: {per: 1s, count: 1}  \
            | the rule grants no login; expected no 'max-logins' in it
        keys: [okx], operations: [new-order], symbols: [X], max-receive-window: 1s  \
            | what this rule grants at okx-v5 has no receive window; expected a rule without
        keys: [alone], operations: [new-order], symbols: [X], max-receive-window: 61s  \
            | binance-spot takes receive windows up to 60000ms; expected no longer one
        """)
    void shouldRefuseWhatIsNotThere(final String rule, final String expected)
    {
        final List<String> errors = errors(rule);
        assertEquals(1, errors.size(), errors::toString);
        assertEquals(expected, errors.getFirst().replaceFirst("^policy.yaml:5:\\d+: ", ""));
    }

    @Test
    void shouldLimitLoginsWhetherOrNotItIsAsked() throws Exception
    {
        assertEquals(new LoginLimit(5, TimeUnit.MINUTES.toNanos(1)), terms("keys: [okx], scopes: [login]").logins());
        assertEquals(new LoginLimit(2, TimeUnit.HOURS.toNanos(1)),
            terms("keys: [okx], scopes: [login], max-logins: {per: 1h, count: 2}").logins());
        assertNull(terms("keys: [okx], scopes: [query], symbols: [X]").logins());
        assertEquals(250, terms(
            "keys: [alone], operations: [new-order], symbols: [X], max-receive-window: 250ms").maxReceiveWindowMs());
    }

    private static SignatureTerms terms(final String rule) throws ConfigException
    {
        return read(rule).principals().getFirst().rules().getFirst().terms();
    }

    private static List<String> errors(final String rule)
    {
        try
        {
            read(rule);
            return List.of();
        }
        catch (final PolicyException ex)
        {
            return ex.errors();
        }
        catch (final ConfigException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static PolicyConfig read(final String rule) throws ConfigException
    {
        final GatewayConfig gateway = ConfigReader.of(Path.of("gateway.yaml"), CONFIG);
        return PolicyReader.of(Path.of("policy.yaml"), POLICY.formatted(rule), gateway);
    }
}

package io.countersign.perf.parts;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Policies of a given size in which every kind of limit is used: each principal has a rule over all symbols, with
 * limits on the order, over windows and days, a message rate, hours and a throttle that none of it reaches.
 */
public final class LargePolicy
{
    /** Symbols in each policy. */
    public static final int SYMBOLS = 10_000;

    private static final String CONFIGURATION = """
        gateway: {ingresses: [{name: "ipc:bots", aeron-directory: aeron}], journal-directory: journal}
        token: {module: module.so, label: token, pin-file: pin}
        authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
        keys:
          - {alias: key, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
        policy: policy.yaml
        """;

    private LargePolicy()
    {
    }

    /**
     * The name of a symbol.
     *
     * @param index from 0, below {@link #SYMBOLS}.
     * @return 7 characters.
     */
    public static String symbol(final int index)
    {
        return String.format(Locale.ROOT, "S%06d", index);
    }

    /**
     * The name of a principal.
     *
     * @param index from 0.
     * @return for instance {@code bot-7}.
     */
    public static String principal(final int index)
    {
        return "bot-" + index;
    }

    /**
     * The text of a policy.
     *
     * @param principals  how many.
     * @param maxQuantity of the rule, so that policies can differ.
     * @param key         alias of the key that all of them may use.
     * @return the policy file.
     */
    public static String text(final int principals, final int maxQuantity, final String key)
    {
        return """
            roles:
              - name: maker
                days: [mon-sun]
                hours: "00:00-24:00"
                max-messages: {per: 1s, count: 1000000000, burst: 1000000000}
                limits:
                  - {per: 1m, max-orders: 1000000000, max-notional: 1000000000000000}
                  - {per: day, max-orders: 1000000000, max-notional: 1000000000000000}
                rules:
                  - name: trade
                    keys: [%s]
                    scopes: [trade, cancel, query]
                    symbols: [%s]
                    max-quantity: %d
                    max-notional: 1000000000
                    min-price: 0.00000001
                    max-price: 1000000
                    repeated-execution-throttle: {executions: 1000000000, per: 1m}
            principals:
            %s
            """.formatted(
            key,
            IntStream.range(0, SYMBOLS).mapToObj(LargePolicy::symbol).collect(Collectors.joining(", ")),
            maxQuantity,
            IntStream.range(0, principals)
                .mapToObj((i) -> "  - {name: " + principal(i) + ", api-key-versions: [1], roles: [maker]}")
                .collect(Collectors.joining("\n")));
    }

    /**
     * A policy, read from its text.
     *
     * @param principals how many.
     * @return checked.
     */
    public static PolicyConfig read(final int principals)
    {
        try
        {
            final GatewayConfig config = ConfigReader.of(Path.of("gateway.yaml"), CONFIGURATION);
            return PolicyReader.of(Path.of("policy.yaml"), text(principals, 1_000, "key"), config);
        }
        catch (final ConfigException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}

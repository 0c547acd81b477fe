package io.countersign.gateway.policy;

import io.countersign.gateway.WireFrames;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyException;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Scope;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What is signed for query-order at Binance is also a valid cancel-order. */
class EffectivePowerTest
{
    private static final String POLICY = """
        principals:
          - name: maker
            access-token: {subject: maker, required-for: [%s]}
            rules: [{name: r, keys: [key], scopes: [query, cancel], symbols: [X]}]
        """;
    private static final String BY_ROLE = """
        roles:
          - {name: guarded, access-token: {subject: maker, required-for: [cancel]}}
        principals:
          - name: maker
            roles: [guarded]
            rules: [{name: r, keys: [key], operations: [%s], symbols: [X]}]
        """;
    private static final Path FILE = Path.of("policy.yaml");

    private final byte[] queryOrder = WireFrames.queryOrder(1, 1, 1, "key", "X");
    private final byte[] queryAccount = WireFrames.queryAccount(1, 1, "key");
    private final byte[] cancelOrder = WireFrames.cancelOrder(1, 1, 1, "key", "X");
    private final Order order = new Order();
    private final Decision decision = new Decision();

    @ParameterizedTest
    @CsvSource({"1, ''", "2, binance-spot", "3, key", "4, maker"})
    void shouldStopWhatServesAsACancelWithTheCancels(final int subject, final String name)
    {
        final Policy policy = PolicyFixture.policy(POLICY.formatted("trade"));
        final Ledger ledger = new Ledger(policy);
        ledger.switches().set(subject, Switches.CANCELS, true, name);
        assertEquals(List.of(53, 53, 0), decisions(policy, ledger, 0));
        ledger.switches().set(subject, Switches.ALL_BUT_CANCELS, true, name);
        assertEquals(List.of(53, 53, 53), decisions(policy, ledger, 0));
        ledger.switches().set(subject, Switches.CANCELS, false, name);
        assertEquals(List.of(0, 53, 53), decisions(policy, ledger, 0));
    }

    /** An access token that grants queries only is no leave to cancel. */
    @Test
    void shouldWantTheScopesOfAllThatARequestServes()
    {
        final Policy policy = PolicyFixture.policy(POLICY.formatted("query, cancel"));
        final Ledger ledger = new Ledger(policy);
        assertEquals(List.of(57, 57, 57), decisions(policy, ledger, 0));
        assertEquals(List.of(57, 57, 0), decisions(policy, ledger, Scope.QUERY.bit()));
        assertEquals(List.of(0, 57, 57), decisions(policy, ledger, Scope.CANCEL.bit()));
        assertEquals(List.of(0, 0, 0), decisions(policy, ledger, Scope.CANCEL.bit() | Scope.QUERY.bit()));
    }

    @Test
    void shouldRefuseAnAccessTokenForCancelsThatAQueryGoesAround()
    {
        assertEquals(
            List.of("policy.yaml:3:50: at binance-spot a signed query-order is also a valid cancel-order; " +
                "expected 'query' beside 'cancel' in 'required-for'",
                "policy.yaml:3:50: at binance-spot a signed query-orders is also a valid cancel-all; " +
                "expected 'query' beside 'cancel' in 'required-for'"),
            errors(PolicyFixture.gateway(), POLICY.formatted("cancel")));
        assertEquals(
            List.of("policy.yaml:5:12: at binance-spot a signed query-order is also a valid cancel-order; " +
                "expected 'query' beside 'cancel' in 'required-for' of its role"),
            errors(PolicyFixture.gateway(), BY_ROLE.formatted("query-order, cancel-order")));
        // What is not granted goes around nothing.
        PolicyFixture.policy(BY_ROLE.formatted("cancel-order, query-account"));
        PolicyFixture.policy(POLICY.formatted("query"));
    }

    @Test
    void shouldRefuseAccessTokensThatNobodyChecks() throws Exception
    {
        final GatewayConfig gateway = ConfigReader.of(
            Path.of("gateway.yaml"), PolicyFixture.CONFIG.replaceFirst("  access-tokens: .*\n", ""));
        assertEquals(
            List.of("policy.yaml:3:19: without authentication.access-tokens in gateway.yaml every access token is " +
                "refused; expected that section, or no 'access-token' here"),
            errors(gateway, POLICY.formatted("query, cancel")));
        assertEquals(3, errors(gateway, POLICY.formatted("cancel")).size());
    }

    private static List<String> errors(final GatewayConfig gateway, final String text)
    {
        return assertThrows(PolicyException.class, () -> PolicyReader.of(FILE, text, gateway)).errors();
    }

    /** Of a cancel, a query of an order, a query of the account. */
    private List<Integer> decisions(final Policy policy, final Ledger ledger, final int accessScopes)
    {
        return List.of(cancelOrder, queryOrder, queryAccount).stream().map((frame) ->
        {
            new OrderAdapter().decode(new UnsafeBuffer(frame), 0, order);
            policy.decide(0, 0, order, RandomPolicy.START_NS, accessScopes, ledger, decision);
            return decision.reason();
        }).toList();
    }
}

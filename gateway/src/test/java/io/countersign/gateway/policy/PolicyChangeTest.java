package io.countersign.gateway.policy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.*;

class PolicyChangeTest
{
    private static final String POLICY = """
        principals:
          - name: maker
            api-key-versions: [1, 2]
            expires: 2027-01-01T00:00:00Z
            days: [mon, tue]
            hours: 08:00-18:00
            max-messages: {count: 10, per: 1s, burst: 20}
            limits:
              - {per: day, max-orders: 100, max-notional: 1000}
            rules:
              - name: first
                keys: [key]
                operations: [new-order, cancel-order]
                symbols: [A, B]
                sides: [buy]
                max-quantity: 10
                max-price: 5
                min-price: 1
                limits:
                  - {per: 1h, max-orders: 10}
                repeated-execution-throttle: {executions: 5, per: 1m}
              - name: second
                keys: [other]
                operations: [new-order]
                symbols: ["*"]
        operators:
          - name: boss
            api-key-versions: [1]
            commands: [switch]
        keys:
          - {alias: key, valid-until: 2027-01-01T00:00:00Z}
        price-bands:
          A: {min: 1, max: 2}
        """;

    @Test
    void shouldSayWhatBecameWiderAndThatItIsDrift()
    {
        for (final String[] change : new String[][]{
            {"[1, 2]", "[1, 2, 3]", "principal maker: api-key-version 3 added"},
            {"expires: 2027", "expires: 2028",
                "principal maker: expires was 2027-01-01T00:00:00Z, is 2028-01-01T00:00:00Z"},
            {"[mon, tue]", "[mon, tue, wed]",
                "principal maker: hours was mon tue 08:00 to 18:00, is mon tue wed 08:00 to 18:00"},
            {"08:00-18:00", "08:00-18:01",
                "principal maker: hours was mon tue 08:00 to 18:00, is mon tue 08:00 to 18:01"},
            {"burst: 20", "burst: 21", "principal maker: messages was 10 per 1s, burst 20, is 10 per 1s, burst 21"},
            {"max-orders: 100", "max-orders: 101", "principal maker, per day: max-orders was 100, is 101"},
            {", max-notional: 1000}", "}", "principal maker, per day: max-notional was 1000, is not set"},
            {"keys: [key]", "keys: [key, third]", "principal maker, rule first: key third added"},
            {"[new-order, cancel-order]", "[new-order, cancel-order, query-order]",
                "principal maker, rule first: operation query-order added"},
            {"symbols: [A, B]", "symbols: [A, B, C]", "principal maker, rule first: symbol C added"},
            {"symbols: [A, B]", "symbols: [\"*\"]", "principal maker, rule first: symbols was A, B, is any"},
            {"sides: [buy]", "sides: [buy, sell]", "principal maker, rule first: side SELL added"},
            {"max-quantity: 10", "max-quantity: 10.01",
                "principal maker, rule first: max-quantity was 10, is 10.01"},
            {"min-price: 1", "min-price: 0.9", "principal maker, rule first: min-price was 1, is 0.9"},
            {"max-orders: 10}", "max-orders: 11}", "principal maker, rule first, per 1h: max-orders was 10, is 11"},
            {"executions: 5", "executions: 6",
                "principal maker, rule first: throttle was 5 per 1m, is 6 per 1m"},
            {"commands: [switch]", "commands: [switch, reload]", "operator boss: command reload added"},
            {"valid-until: 2027", "valid-until: 2028",
                "key key: valid-until was 2027-01-01T00:00:00Z, is 2028-01-01T00:00:00Z"},
            {"{min: 1, max: 2}", "{min: 1, max: 3}", "price band of A: max was 2, is 3"},
            {"{min: 1, max: 2}", "{max: 2}", "price band of A: min was 1, is not set"}})
        {
            assertTrue(POLICY.contains(change[0]), change[0]);
            final String other = POLICY.replaceFirst(Pattern.quote(change[0]), change[1]);
            assertEquals(List.of(new PolicyDifference(true, change[2])), between(POLICY, other), change[0]);
            final List<PolicyDifference> back = between(other, POLICY);
            assertEquals(1, back.size(), change[0]);
            // The rule 'first' limits orders over time, and 'second' behind it does not: where the rule is chosen for
            // less, narrower may be wider. Limits over time choose no rule.
            final boolean isChoice = change[2].startsWith("principal maker, rule first") &&
                !change[2].contains(" per 1h: ") && !change[2].contains("throttle");
            assertEquals(isChoice, back.getFirst().isDrift(), change[0]);
        }
    }

    @Test
    void shouldNotCallDriftWhatBecameNarrowerInTheLastRule()
    {
        assertEquals(
            List.of(new PolicyDifference(false, "principal maker, rule second: symbols was any, is A")),
            between(POLICY, POLICY.replace("symbols: [\"*\"]", "symbols: [A]")));
    }

    @Test
    void shouldTellOfPrincipalsAndRulesThatCameAndWent()
    {
        final String without = POLICY.replace("  - name: boss", "  - name: chief")
            .replace("      - name: second", "      - name: third");
        assertEquals(List.of(
            new PolicyDifference(false, "operator boss: removed"),
            new PolicyDifference(true, "operator chief: added"),
            new PolicyDifference(false, "principal maker, rule second: removed"),
            new PolicyDifference(true, "principal maker, rule third: added with keys other; operations new-order; " +
                "symbols *")), between(POLICY, without));
    }

    @Test
    void shouldSayWhenOnlyTheTextDiffers()
    {
        assertEquals(List.of(new PolicyDifference(false, "only the text differs, nothing that it grants")),
            between(POLICY, POLICY + "# a comment\n"));
    }

    @Test
    void shouldTellOfScopesThatNoOperationIsIn()
    {
        final String trade = "acknowledge: [withdraw]\n" +
            POLICY.replace("operations: [new-order]", "scopes: [trade]");
        assertEquals(
            List.of(new PolicyDifference(true, "principal maker, rule second: scope withdraw added")),
            between(trade, trade.replace("scopes: [trade]", "scopes: [trade, withdraw]")));
        assertEquals(
            List.of(new PolicyDifference(false, "principal maker, rule second: scope withdraw removed")),
            between(trade.replace("scopes: [trade]", "scopes: [trade, withdraw]"), trade));
        assertFalse(between(POLICY, trade).getFirst().isDrift(), "the same operation by its scope");
    }

    @Test
    void shouldTellWhatDiffersAlikeInOneLine()
    {
        final StringBuilder old = new StringBuilder("principals:\n");
        for (int i = 0; i < 12; i++)
        {
            old.append("  - {name: p%02d, api-key-versions: [1], rules: [{name: r, keys: [key], ".formatted(i))
                .append("operations: [cancel-order], symbols: [A, B]}]}\n");
        }
        final String next = old.toString().replace("[A, B]", "[B, C, D]").replaceFirst("\\[1]", "[1, 2]");
        assertEquals(List.of(
            new PolicyDifference(true,
                "12 principals (p00, p01, p02, p03, p04, p05, p06, p07 and 4 more), rule r: symbols C, D added"),
            new PolicyDifference(false,
                "12 principals (p00, p01, p02, p03, p04, p05, p06, p07 and 4 more), rule r: symbol A removed"),
            new PolicyDifference(true, "principal p00: api-key-version 2 added")).stream().sorted().toList(),
            between(old.toString(), next));
    }

    @Test
    void shouldTellNoMoreThanIsReadAndNoneOfTheDriftLess()
    {
        final StringBuilder old = new StringBuilder("principals: [{name: nobody}]\nprice-bands:\n");
        final StringBuilder next = new StringBuilder("principals: [{name: nobody}]\nprice-bands:\n");
        for (int i = 0; i < 1_500; i++)
        {
            old.append("  S%04d: {max: 10}\n".formatted(i));
            next.append("  S%04d: {max: %d}\n".formatted(i, 0 == i % 3 ? 11 : 9));
        }
        final List<PolicyDifference> differences = between(old.toString(), next.toString());
        assertEquals(PolicyChange.MAX_LINES, differences.size());
        assertEquals(500, differences.stream().filter(PolicyDifference::isDrift).count());
        assertEquals(new PolicyDifference(false, "and 501 more, 0 of them drift"), differences.getLast());
    }

    private static List<PolicyDifference> between(final String old, final String next)
    {
        return PolicyChange.between(PolicyFixture.config(old), PolicyFixture.config(next));
    }
}

package io.countersign.gateway.config;

import io.countersign.gateway.policy.Command;
import io.countersign.gateway.policy.PolicyFixture;
import io.countersign.venues.Operation;
import io.countersign.venues.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PolicyReaderTest
{
    static final String GOOD = """
        acknowledge: [transfer]
        price-bands:
          BTCUSDT: {min: 10, max: 20.5}
        keys:
          - {alias: key, valid-from: 2026-01-01T00:00:00Z, valid-until: 2030-01-01T00:00:00Z}
        roles:
          - name: desk
            max-messages: {per: 1s, count: 50, burst: 100}
            days: mon-fri
            limits:
              - {per: 1m, max-orders: 600}
              - {per: day, max-notional: 5000000}
            rules:
              - {name: balances, keys: [key], operations: [query-account]}
          - name: london
            hours: "08:00-16:30"
        principals:
          - name: maker
            roles: [desk, london]
            api-key-versions: [1, 2]
            expires: 2029-12-31T23:59:59.5Z
            access-token: {subject: bot-7, required-for: [trade, cancel, query]}
            sources:
              - {ingress: "ipc:bots"}
              - {ingress: "udp:desk", addresses: [10.0.0.0/8]}
            limits:
              - {per: 1m, max-orders: 100}
            rules:
              - name: trade
                keys: [key, other]
                operations: [new-order, cancel-order, query-order]
                symbols: [LTCBTC, BTCUSDT]
                max-quantity: 12.50
                repeated-execution-throttle: {executions: 9, per: 500ms}
          - name: other
            rules:
              - name: all
                keys: [key]
                scopes: [query, trade, cancel, transfer]
                symbols: ["*"]
        operators:
          - {name: head, api-key-versions: [1], commands: [switch, enable-execution]}
        """;

    private static final Path FILE = Path.of("conf", "policy.yaml");

    @TempDir
    private Path directory;

    @Test
    void shouldReadAGoodPolicy() throws Exception
    {
        final PolicyConfig policy = read(GOOD);
        assertEquals(GOOD, policy.text());
        assertEquals(List.of("maker", "other", "head"),
            policy.everybody().stream().map(PrincipalConfig::name).toList());
        final PrincipalConfig maker = policy.principals().get(0);
        assertEquals(List.of(1, 2), maker.apiKeyVersions());
        assertEquals(new MessageLimit(TimeUnit.SECONDS.toNanos(1), 50, 100), maker.messages());
        assertEquals(new Schedule(0b11111, TimeUnit.HOURS.toNanos(8), TimeUnit.MINUTES.toNanos(16 * 60 + 30)),
            maker.schedule());
        assertEquals(1_893_455_999_500_000_000L, maker.expiresNs());
        assertEquals(new AccessTokenConfig("bot-7", Set.of(Scope.TRADE, Scope.CANCEL, Scope.QUERY)),
            maker.accessToken());
        assertEquals(List.of(
            new WindowLimit(TimeUnit.MINUTES.toNanos(1), 100, null),
            new WindowLimit(WindowLimit.DAY, -1, new OrderLimits.Limit(5, 6))), maker.limits());
        assertEquals(List.of("ipc:bots", "udp:desk"), maker.sources().stream().map(SourceConfig::ingress).toList());
        assertEquals(List.of("trade", "balances"), maker.rules().stream().map(RuleConfig::name).toList());
        final RuleConfig trade = maker.rules().get(0);
        assertEquals(
            Set.of(Operation.NEW_ORDER, Operation.CANCEL_ORDER, Operation.QUERY_ORDER), trade.operations());
        assertEquals(new OrderLimits.Limit(125, -1), trade.limits().maxQuantity());
        assertEquals(new ThrottleConfig(9, 500_000_000), trade.throttle());
        assertEquals(List.of(), maker.rules().get(1).symbols());
        final PrincipalConfig other = policy.principals().get(1);
        assertEquals(EnumSet.complementOf(EnumSet.of(Operation.LOGIN)), other.rules().get(0).operations());
        assertNull(other.rules().get(0).limits().maxQuantity());
        assertNull(other.schedule());
        assertEquals(Long.MAX_VALUE, other.expiresNs());
        assertEquals(Set.of(Command.SWITCH, Command.ENABLE_EXECUTION), policy.operators().get(0).commands());
        assertEquals(new PriceBand(new OrderLimits.Limit(1, 1), new OrderLimits.Limit(205, -1)),
            policy.priceBands().get("BTCUSDT"));
        assertEquals(1_767_225_600_000_000_000L, policy.keyWindows().get(0).fromNs());
        assertNotEquals(policy.policyVersion(), read(GOOD + "\n").policyVersion());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldPointAtTheMistake(final String good, final String bad, final String position, final String what)
    {
        assertTrue(GOOD.contains(good), good);
        final List<String> errors = errors(
            GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad)));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.getFirst().startsWith(FILE + ":" + position + ": "), errors::toString);
        assertTrue(errors.getFirst().contains(what), errors::toString);
    }

    /** What is changed, into what, where the complaint points, what it says. */
    static List<Arguments> mistakes()
    {
        return List.of(
            Arguments.of("operators:", "operator:", "41:1", "unknown field 'operator' in the policy; expected one of"),
            Arguments.of("[transfer]", "[transfer, query]", "1:25", "unknown in 'acknowledge'; expected some of login"),
            Arguments.of("acknowledge: [transfer]\n", "\n", "39:17", "grants transfer; expected a top-level"),
            Arguments.of("max: 20.5", "max: 9", "3:18", "'min' is above 'max'"),
            Arguments.of("max: 20.5", "most: 9", "3:22", "unknown field 'most'"),
            Arguments.of("{min: 10, max: 20.5}", "{}", "3:12", "holds nothing"),
            Arguments.of("BTCUSDT: {", "\"*\": {", "3:8", "expected one symbol"),
            Arguments.of("alias: key,", "alias: kex,", "5:13", "'alias' is 'kex'; expected the alias of a key"),
            Arguments.of("2026-01-01T00:00:00Z", "2026-01-01", "5:30", "expected an instant in UTC"),
            Arguments.of("2026-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "5:65", "is not after"),
            Arguments.of("per: 1s", "per: 0s", "8:25", "expected a length of time from 1ms to 24h"),
            Arguments.of("per: 1s", "per: 25h", "8:25", "expected a length of time from 1ms to 24h"),
            Arguments.of("per: 1s", "per: day", "8:25", "expected a length of time from 1ms to 24h"),
            Arguments.of("count: 50", "count: 0", "8:36", "expected a whole number from 1"),
            Arguments.of("per: 1s, count: 50, burst: 100", "per: 24h, count: 50, burst: 1000000", "8:48",
                "expected a whole number from 1 to 53375"),
            Arguments.of("per: 1s, count: 50, burst: 100", "per: 24h, count: 1, burst: 2", "8:47",
                "takes longer than 24h to fill again"),
            Arguments.of("per: 1s, count: 50, burst: 100", "per: 24h, count: 1000000", "8:37", "expected a 'burst'"),
            Arguments.of("mon-fri", "mon-fry", "9:11", "expected days such as mon-fri"),
            Arguments.of("max-orders: 600", "max-order: 600", "11:19", "unknown field 'max-order'"),
            Arguments.of(", max-orders: 600", "", "11:15", "limits nothing"),
            Arguments.of("per: day", "per: 1m", "12:15", "stands twice"),
            Arguments.of("principals:\n", "  - name: desk\nprincipals:\n", "17:11", "the role 'desk' stands twice"),
            Arguments.of("08:00-16:30", "08:00-08:00", "16:12", "expected hours of the day in UTC"),
            Arguments.of("08:00-16:30", "8-16", "16:12", "expected hours of the day in UTC"),
            Arguments.of("08:00-16:30", "24:00-16:30", "16:12", "expected hours of the day in UTC"),
            Arguments.of("[desk, london]", "[desk, paris]", "19:19", "'paris' is unknown in 'roles'"),
            Arguments.of("hours: \"08:00-16:30\"", "days: [sat-sun]", "19:12",
                "the roles 'desk' and 'london' both set 'days'"),
            Arguments.of("hours: \"08:00-16:30\"", "limits: [{per: day, max-orders: 1}]", "19:12",
                "two of its roles have different 'limits'"),
            Arguments.of("[1, 2]", "[0]", "20:24", "expected a list of whole numbers"),
            Arguments.of("23:59:59.5Z", "23:59:59.5", "21:14", "expected an instant in UTC"),
            Arguments.of("2029-12-31T", "2999-12-31T", "21:14", "expected an instant in UTC up to 2262"),
            Arguments.of("cancel, query]}", "cancels, query]}", "22:58", "'cancels' is unknown in 'required-for'"),
            Arguments.of("subject: bot-7, ", "", "22:19", "has no 'subject'"),
            Arguments.of("\"ipc:bots\"}", "\"ipc:bots\", addresses: ['::1']}", "24:42", "has no addresses"),
            Arguments.of(", addresses: [10.0.0.0/8]", "", "25:9", "has no 'addresses'"),
            Arguments.of("udp:desk", "udp:disk", "25:19", "'udp:disk' is no ingress of the gateway's configuration"),
            Arguments.of("10.0.0.0/8", "10.0.0.0/33", "25:43", "'10.0.0.0/33' is unknown in 'addresses'"),
            Arguments.of("\"ipc:bots\"", "\"ipc:bots\", x: 1", "24:31", "unknown field 'x'"),
            Arguments.of("name: trade", "name: balances", "19:12", "the rule 'balances' stands twice in 'maker'"),
            Arguments.of("[key, other]", "[key, fourth]", "30:21", "'fourth' is unknown in 'keys'"),
            Arguments.of("[key, other]", "[key, key]", "30:21", "'key' stands twice in 'keys'"),
            Arguments.of("[key, other]", "[]", "30:15", "expected aliases of keys"),
            Arguments.of("[new-order, cancel-order, query-order]", "[query-order]", "31:21",
                "is also a valid cancel-order"),
            Arguments.of("cancel-order, query-order]", "cancel-orders]", "31:33",
                "'cancel-orders' is unknown in 'operations'"),
            Arguments.of("        symbols: [LTCBTC, BTCUSDT]\n", "", "29:9", "has no 'symbols'"),
            Arguments.of("[LTCBTC, BTCUSDT]", "[LTCBTC, '*']", "32:18", "expected it alone"),
            Arguments.of("max-quantity: 12.50", "max-quantity: 1e3", "33:23", "expected a plain decimal number"),
            Arguments.of("executions: 9, ", "", "34:38", "has no 'executions'"),
            Arguments.of("name: other", "name: maker", "35:11", "the principal 'maker' stands twice"),
            Arguments.of("[query, trade, cancel, transfer]", "[withdraw, cancel]", "39:17", "grants withdraw"),
            Arguments.of("[query, trade, cancel, transfer]", "[login]", "39:17", "grants login"),
            Arguments.of("scopes: [query, trade, cancel, transfer]", "operations: [query-account, login]", "39:21",
                "the rule grants login; expected a top-level 'acknowledge: [login]' beside it"),
            Arguments.of("cancel-order, query-order]", "cancel-every]", "31:33", "expected some of new-order, " +
                "cancel-order, query-order, query-account, cancel-all, query-orders, login"),
            Arguments.of("scopes: [", "operations: [new-order]\n        scopes: [", "39:21", "expected one of them"),
            Arguments.of("name: head", "name: maker", "42:12", "the principal 'maker' stands twice"),
            Arguments.of("commands: [", "rules: [], commands: [", "42:41", "unknown field 'rules'"),
            Arguments.of("enable-execution", "sudo", "42:60", "'sudo' is unknown in 'commands'"));
    }

    @ParameterizedTest
    @CsvSource({"'scopes: [login]', 1", "'operations: [login]', 1", "'scopes: [login, withdraw]', 1",
        "'operations: [login, query-account]', 2", "'scopes: [withdraw]', 0"})
    void shouldGrantALoginThatIsAcknowledged(final String granted, final int operations) throws Exception
    {
        final RuleConfig rule = read(GOOD
            .replace("acknowledge: [transfer]", "acknowledge: [login, transfer, withdraw]")
            .replace("scopes: [query, trade, cancel, transfer]\n        symbols: [\"*\"]\n", granted + "\n"))
            .principals().get(1).rules().get(0);
        assertEquals(operations, rule.operations().size());
        assertEquals(operations > 0, rule.operations().contains(Operation.LOGIN));
        assertEquals(List.of(), rule.symbols());
    }

    @Test
    void shouldTellEveryMistakeAtOnce()
    {
        final String bad = GOOD
            .replace("max: 20.5", "max: 2x")
            .replace("mon-fri", "monday")
            .replace("[LTCBTC, BTCUSDT]", "[LTCBTC, LTCBTC, '']")
            .replace("max-quantity", "max-quantities")
            .replace("executions: 9", "executions: 0")
            .replace("commands: [switch, enable-execution]", "commands: [a, b]");
        final List<String> errors = errors(bad);
        assertEquals(8, errors.size(), errors::toString);
        for (final String position : List.of("3:", "9:", "32:", "33:", "34:", "42:"))
        {
            assertTrue(errors.stream().anyMatch((error) -> error.startsWith(FILE + ":" + position)),
                () -> position + " of " + errors);
        }
        final PolicyException refusal = assertThrows(PolicyException.class, () -> read(bad));
        assertTrue(refusal.getMessage().endsWith("(and 7 more)"), refusal.getMessage());
        assertEquals(List.of(3, 9, 32, 32, 33, 34, 42, 42), errors.stream()
            .map((error) -> Integer.valueOf(error.substring((FILE + ":").length()).split(":")[0])).toList());
    }

    /** What is changed, into what, where the complaints point, in the order of the file. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{per: 1m, max-orders: 600} | {per: 5x, max-orders: 0, max-notional: -1} | 11:15 11:31 11:48",
        "{per: 1m, max-orders: 600} | {per: 5x, x: 1, per: 6x, max-orders: 0} | 11:15 11:19 11:25 11:46",
        "{per: 1s, count: 50, burst: 100} | {pre: 1s, count: 0, burst: 0} | 8:19 8:20 8:36 8:46",
        "{executions: 9, per: 500ms} | {executions: 0, per: 1, x: 1} | 34:51 34:59 34:62",
        "valid-from: 2026-01-01T00:00:00Z, valid-until: 2030-01-01T00:00:00Z | " +
            "valid-from: a, valid-until: b, x: 1 | 5:30 5:46 5:49",
        "alias: key, valid-from: 2026-01-01T00:00:00Z | alias: kez, valid-from: a | 5:13 5:30",
        "{ingress: \"udp:desk\", addresses: [10.0.0.0/8]} | {ingress: a, addresses: [b, c], x: 1} | " +
            "25:19 25:34 25:37 25:41",
        "subject: bot-7, required-for: [trade, cancel, query] | x: 1, required-for: [a, b] | 22:19 22:20 22:41 22:44",
        "api-key-versions: [1, 2] | api-key-versions: [a, 0, 1, 1, {}] | 20:24 20:27 20:33 20:36",
        "days: mon-fri | days: [mon-fry, tue, sum] | 9:12 9:26",
        "[query, trade, cancel, transfer] | [query, login, cancel, transfer, withdraw] | 39:17 39:17",
        "[query, trade, cancel, transfer] | [query] | 39:17 39:17",
        "[query, trade, cancel, transfer] | [queries, login] | 39:17 39:18",
        "[key, other] | [key, a, b] | 30:21 30:24",
        "acknowledge: [transfer] | acknowledge: [transfer, a, b] | 1:25 1:28",
        "- name: london | - name: london\\n    name: b\\n    nome: c | 16:5 17:5",
        "principals: | principals: []\\nprincipals: | 17:13 18:1",
    })
    void shouldTellEachMistakeInTheOrderOfTheFile(final String good, final String bad, final String positions)
    {
        assertTrue(GOOD.contains(good), good);
        final List<String> errors = errors(GOOD.replaceFirst(
            Pattern.quote(good), Matcher.quoteReplacement(bad.replace("\\n", "\n"))));
        assertEquals(List.of(positions.split(" ")), errors.stream()
            .map((error) -> error.substring((FILE + ":").length(), error.indexOf(": "))).toList(), errors::toString);
    }

    @Test
    void shouldSayWhereAnAliasOrACharacterCannotBe()
    {
        assertEquals(
            List.of(FILE + ":11:13: *l stands for a mapping or a list that is written elsewhere; expected it written " +
                "out here", FILE + ":12:13: *k stands for a mapping or a list that is written elsewhere; expected " +
                "it written out here"),
            errors("""
                roles:
                  - name: desk
                    limits: &l
                      - {per: 1m, max-orders: 600}
                    rules:
                      - &k {name: balances, keys: [key], operations: [query-account]}
                principals:
                  - name: &n maker
                    roles: [desk]
                  - name: other
                    limits: *l
                    rules: [*k]
                """));
        assertEquals(List.of(FILE + ":30:16: not YAML: the character U+0007 stands here; expected printable text"),
            errors(GOOD.replace("[key, other]", "[\u0007key]")));
    }

    /** One word may stand for another: nothing is hidden by it. */
    @Test
    void shouldTakeAnAliasOfAName() throws Exception
    {
        assertEquals(List.of("key", "other"), read(GOOD.replace("{alias: key,", "{alias: &key key,")
            .replace("[key, other]", "[*key , other]")).principals().get(0).rules().get(0).keys());
    }

    @Test
    void shouldLetAPrincipalsOwnSettingWin() throws Exception
    {
        final PolicyConfig policy = read(GOOD.replace("    api-key-versions: [1, 2]\n",
            "    api-key-versions: [1, 2]\n    days: sun\n    max-messages: {per: 1m, count: 7}\n"));
        final PrincipalConfig maker = policy.principals().get(0);
        assertEquals(64, maker.schedule().days());
        assertEquals(new MessageLimit(TimeUnit.MINUTES.toNanos(1), 7, 7), maker.messages());
        // Two roles may both set something that the principal sets itself.
        read(GOOD.replace("hours: \"08:00-16:30\"", "days: sat")
            .replace("    api-key-versions: [1, 2]\n", "    api-key-versions: [1, 2]\n    days: sun\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0", "0.0", "-1", "1e3", "1E-3", "0.0000000000000000001", "9223372036854775808", "007.5", ".5", "5.", "+1",
        "0x10", "1_000", "NaN", ".inf", "''", "[1]", "1,5", "999999999999999999.999999999999999999",
        "9223372036854775.8080", "10000000000000000000000000000000000000"})
    void shouldRefuseQuantitiesThatAreNone(final String quantity)
    {
        final List<String> errors = errors(GOOD.replace("12.50", quantity));
        assertEquals(1, errors.size());
        assertTrue(errors.getFirst().startsWith(FILE + ":33:23: ") &&
            errors.getFirst().contains("expected a plain decimal number above 0"), errors::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 1, 1", "0.000000000000000001, 1, -18", "999999999999999999, 999999999999999999, 0",
        "2.50, 25, -1", "1000000000000000000, 1, 18", "50000.000000000000000000, 5, 4",
        "9223372036854775807.000000000000000000, 9223372036854775807, 0",
        "9999999999999999990000000000000000000, 999999999999999999, 19",
        "9.223372036854775807, 9223372036854775807, -18", "'\"2.5\"', 25, -1"})
    void shouldReadQuantitiesExactly(final String quantity, final long mantissa, final int exponent) throws Exception
    {
        assertEquals(new OrderLimits.Limit(mantissa, exponent),
            read(GOOD.replace("12.50", quantity)).principals().get(0).rules().get(0).limits().maxQuantity());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0.000000000000000001", "50000.000000000000000000", "100000000000000000000", "170000000000000000000",
        "12345678901234567890.123456789012345678", "9223372036854775808", "18446744073709551616",
        "170141183460469231731.687303715884105727"})
    void shouldReadNotionalsExactly(final String notional) throws Exception
    {
        final PolicyConfig policy = read(GOOD.replace("max-quantity: 12.50", "max-notional: " + notional)
            .replace("max-notional: 5000000", "max-notional: " + notional));
        final PrincipalConfig maker = policy.principals().get(0);
        assertEquals(new BigDecimal(notional).stripTrailingZeros(),
            maker.rules().get(0).limits().maxNotional().toDecimal());
        assertEquals(maker.rules().get(0).limits().maxNotional(), maker.limits().get(1).maxNotional());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0", "0.000", "-1", "170141183460469231731.687303715884105728", "170141183460469231732",
        "1000000000000000000000", "99999999999999999999999999999999999999999999999", "0.0000000000000000001", "1e20"})
    void shouldSayTheBoundOfNotionals(final String notional)
    {
        assertEquals(
            List.of(FILE + ":33:23: 'max-notional' is '" + notional + "'; expected a plain decimal number above 0 " +
                "with at most 18 decimals, at most 170141183460469231731.687303715884105727"),
            errors(GOOD.replace("max-quantity: 12.50", "max-notional: " + notional)));
    }

    @Test
    void shouldRefuseWhatIsNoPolicy() throws Exception
    {
        assertEquals(List.of(FILE + ":1:1: is empty; expected a mapping with principals"), errors(""));
        assertTrue(errors("- a").getFirst().contains("expected the policy to be a mapping"));
        assertTrue(errors("operators: []").toString().contains("the policy has no 'principals'"));
        assertTrue(errors("principals: [").getFirst().contains("not YAML"));
        final Path none = directory.resolve("none.yaml");
        assertEquals(none + ": there is no such policy file", assertThrows(ConfigException.class,
            () -> PolicyReader.read(none, PolicyFixture.gateway())).getMessage());
        final Path file = Files.writeString(directory.resolve("policy.yaml"), GOOD);
        assertEquals(read(GOOD).policyVersion(), PolicyReader.read(file, PolicyFixture.gateway()).policyVersion());
        assertThrows(ConfigException.class, () -> read(GOOD + "#" + "x".repeat(1 << 20)));
    }

    static PolicyConfig read(final String text) throws ConfigException
    {
        return PolicyReader.of(FILE, text, PolicyFixture.gateway());
    }

    static List<String> errors(final String text)
    {
        final List<String> errors = new ArrayList<>(
            assertThrows(PolicyException.class, () -> read(text)).errors());
        errors.forEach(ConfigReaderTest::assertOneLine);
        return errors;
    }
}

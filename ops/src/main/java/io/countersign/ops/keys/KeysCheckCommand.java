package io.countersign.ops.keys;

import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.score.ApplianceScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code countersign keys check}.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Scores the keys of a token from 0 to 100, and says what is wrong with them and where token and " +
            "configuration differ.",
        "A score is 100 x strength x access / exposure; docs/score.md has every factor. A finding is a reason not " +
            "to use the key so; a note is worth knowing. With --config, policy and key register count as well, and " +
            "every key that is configured for that token proves itself as it does when a gateway starts. A gateway " +
            "may be running."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign keys check --config /etc/countersign/gateway.yaml",
        "  countersign keys check --config /etc/countersign/gateway.yaml --json --min-score 40",
        "",
        "Exit codes: 0 nothing but notes, 1 at least one finding, or a score below --min-score, 2 wrong usage, " +
            "configuration or PIN source, 3 the token refused."
    })
public final class KeysCheckCommand implements Callable<Integer>
{
    private static final int MAX_SCORE = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenAccess access;

    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean isJson;

    @Option(names = "--min-score", paramLabel = "N", description =
        "Exit code 1 also where the score of a key is below this; 0 to 100. Without it, no score matters.")
    private int minScore;

    @Option(names = "--now", hidden = true, paramLabel = "INSTANT")
    private Instant now;

    /**
     * For picocli.
     */
    public KeysCheckCommand()
    {
    }

    /**
     * Checks the keys.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        if (minScore < 0 || MAX_SCORE < minScore)
        {
            throw new CommandException("--min-score " + minScore + " is no score; expected 0 to " + MAX_SCORE);
        }
        try (TokenInventory inventory = access.inventory())
        {
            final List<TokenKey> keys = inventory.keys();
            final Surroundings surroundings = Surroundings.of(access, inventory);
            final PrintWriter err = spec.commandLine().getErr();
            surroundings.complaints().forEach((line) -> err.println("countersign: warning: " + line));
            err.flush();
            final KeyChecks checks = new KeyChecks(
                inventory, surroundings, null == now ? System.currentTimeMillis() : now.toEpochMilli());
            checks.check(keys);
            if (isJson)
            {
                printJson(inventory, checks);
            }
            else
            {
                printLines(inventory, surroundings, checks);
            }
            final boolean isLow = checks.scores().stream().anyMatch((key) -> key.score() < minScore);
            return 0 == checks.weighty() && !isLow ? ExitCode.OK : ExitCode.WRONG;
        }
        catch (final TokenException ex)
        {
            throw TokenAccess.refusal(ex);
        }
    }

    private void printLines(
        final TokenInventory inventory, final Surroundings surroundings, final KeyChecks checks)
    {
        final PrintWriter out = spec.commandLine().getOut();
        checks.scores().forEach((key) -> ScoreText.print(out, key));
        for (final KeyChecks.Checked one : checks.checked())
        {
            out.println(one.finding().weight() + ": " + one.alias() + " (id " + one.id() + "): " +
                one.finding().code() + ": " + one.finding().text());
        }
        ScoreText.print(out, ApplianceScore.of(checks.scores()));
        out.println("token " + inventory.tokenLabel() + ": " + checks.scores().size() + " keys" +
            (surroundings.isConfigured() ? ", " + surroundings.count() + " configured" : "") + "; " +
            checks.weighty() + " findings, " + (checks.checked().size() - checks.weighty()) + " notes");
        out.flush();
    }

    private void printJson(final TokenInventory inventory, final KeyChecks checks)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("token", inventory.tokenLabel());
        fields.put("serial", inventory.tokenSerial());
        fields.put("weighty", checks.weighty());
        fields.put("findings", checks.checked().stream().map((one) ->
        {
            final Map<String, Object> item = new LinkedHashMap<>();
            item.put("alias", one.alias());
            item.put("id", one.id());
            item.putAll(KeyText.fields(one.finding()));
            return item;
        }).toList());
        fields.put("appliance", ScoreText.fields(ApplianceScore.of(checks.scores())));
        fields.put("keys", checks.scores().stream().map(ScoreText::fields).toList());
        spec.commandLine().getOut().println(JsonText.of(fields));
        spec.commandLine().getOut().flush();
    }
}

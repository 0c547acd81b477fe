package io.countersign.ops.keys;

import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenKey;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code countersign keys show}.
 */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Shows everything that a token says about one key.",
        "For secrets the check values that a configuration pins, for others the public key and its SHA-256."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys show --config /etc/countersign/gateway.yaml --alias binance-main",
        "",
        "Exit codes: 0 shown, 2 wrong usage, no such key or PIN source, 3 the token refused."
    })
public final class KeysShowCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenAccess access;

    @ArgGroup(multiplicity = "1")
    private KeyChoice choice;

    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean isJson;

    /**
     * For picocli.
     */
    public KeysShowCommand()
    {
    }

    /**
     * Shows the key.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        try (TokenInventory inventory = access.inventory())
        {
            final List<TokenKey> keys = inventory.keys();
            final TokenKey key = choice.of(inventory, keys);
            final List<Finding> findings = KeyFindings.of(key, keys);
            final Map<String, String> checkValues = KeyText.checkValues(inventory, key);
            if (isJson)
            {
                final Map<String, Object> fields = KeyText.fields(key, findings);
                fields.put("checkValues", checkValues);
                spec.commandLine().getOut().println(JsonText.of(fields));
            }
            else
            {
                print(key, checkValues, findings);
            }
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        catch (final TokenException ex)
        {
            throw TokenAccess.refusal(ex);
        }
    }

    private void print(final TokenKey key, final Map<String, String> checkValues, final List<Finding> findings)
    {
        line("alias", KeyText.label(key));
        line("id", KeyText.id(key));
        line("class", key.kind().toString());
        line("type", key.type() + (0 == key.bits() ? "" : ", " + key.bits() + " bits"));
        line("algorithms",
            KeyText.or("none of this version", key.algorithms().stream().map(SigningAlgorithm::configName).toList()));
        if (TokenKey.Kind.PUBLIC != key.kind())
        {
            line("sensitive", KeyText.sensitive(key));
            line("extractable", KeyText.extractable(key));
            line("needs the PIN", KeyText.flag(key.isPrivate(), null, ""));
            line("generated there", KeyText.flag(key.local(), null, ""));
            line("mechanisms", KeyText.or("all of its kind", key.mechanisms()));
        }
        line("uses", KeyText.or("none", key.uses()));
        if (null != key.subjectPublicKeyInfo())
        {
            line("public key", Base64.getEncoder().encodeToString(key.subjectPublicKeyInfo()));
            line("SHA-256 of it", KeyText.fingerprint(key.subjectPublicKeyInfo()));
        }
        checkValues.forEach((algorithm, value) -> line("check value", value + " as " + algorithm));
        findings.forEach((finding) -> line(finding.weight(), finding.code() + ": " + finding.text()));
    }

    private void line(final String name, final String value)
    {
        final PrintWriter out = spec.commandLine().getOut();
        out.println(name + " ".repeat(17 - name.length()) + value);
    }
}

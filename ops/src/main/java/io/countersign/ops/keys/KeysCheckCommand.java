package io.countersign.ops.keys;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.ReturnValue;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenKey;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.EscapedText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
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
        "Says what is wrong with the keys of a token, and where token and configuration differ.",
        "A finding is a reason not to use the key so; a note is worth knowing. With --config, every key that is " +
            "configured for that token proves itself as it does when a gateway starts."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys check --config /etc/countersign/gateway.yaml",
        "",
        "Exit codes: 0 nothing but notes, 1 at least one finding, 2 wrong usage, configuration or PIN source, " +
            "3 the token refused."
    })
public final class KeysCheckCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenAccess access;

    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean isJson;

    private final List<Checked> checked = new ArrayList<>();
    private final PublishedKeys published = new PublishedKeys();

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
        try (TokenInventory inventory = access.inventory())
        {
            final List<TokenKey> keys = inventory.keys();
            final Configured configured = null == access.config() ? null : configured();
            checkKeys(inventory, keys, configured);
            if (null != configured)
            {
                checkConfigured(inventory, configured);
            }
            final long weighty = checked.stream().filter((one) -> one.finding.isWeighty()).count();
            if (isJson)
            {
                printJson(inventory, weighty);
            }
            else
            {
                printLines(inventory, keys, configured, weighty);
            }
            return 0 == weighty ? ExitCode.OK : ExitCode.WRONG;
        }
        catch (final TokenException ex)
        {
            throw TokenAccess.refusal(ex);
        }
    }

    private Configured configured()
    {
        final TokenConfig token = access.configured();
        return new Configured(access.config().keysIn(token),
            token.equals(access.config().masterToken()) ? access.config().masterKey() : null);
    }

    private void checkKeys(final TokenInventory inventory, final List<TokenKey> keys, final Configured configured)
    {
        for (final TokenKey key : keys)
        {
            if (TokenKey.Kind.PUBLIC != key.kind())
            {
                KeyFindings.of(key, keys).forEach((finding) -> add(key, finding));
                checkPublished(inventory, key);
                if (null != configured && !configured.names(key))
                {
                    add(key, Finding.note("not-configured",
                        "the configuration does not name it: destroy it when nothing else uses it"));
                }
            }
        }
    }

    private void checkPublished(final TokenInventory inventory, final TokenKey key)
    {
        final List<String> values = new ArrayList<>(KeyText.checkValues(inventory, key).values());
        if (null != key.subjectPublicKeyInfo())
        {
            values.add(KeyText.fingerprint(key.subjectPublicKeyInfo()));
        }
        values.stream().map(published::source).filter((source) -> null != source).findFirst().ifPresent((source) ->
            add(key, Finding.weighty("published", "anybody can sign with it, it stands in " + source + ": make a new " +
                "key, unless this is a demonstration")));
    }

    private void checkConfigured(final TokenInventory inventory, final Configured configured) throws TokenException
    {
        for (final KeyConfig key : configured.keys)
        {
            prove(inventory, key.spec());
            if (key.venueKey().isExample())
            {
                add(key.spec(), Finding.weighty("example", "it signs with a time of long ago " +
                    "(example-timestamp-ms): take that out before it is used at a venue"));
            }
        }
        if (null != configured.masterKey)
        {
            prove(inventory, configured.masterKey);
        }
    }

    private void prove(final TokenInventory inventory, final KeySpec key) throws TokenException
    {
        try
        {
            inventory.prove(key);
        }
        catch (final TokenException ex)
        {
            if (ReturnValue.isTokenLost(ex.returnValue()))
            {
                throw ex;
            }
            add(key, Finding.weighty("unfit", ex.getMessage()));
        }
    }

    private void add(final TokenKey key, final Finding finding)
    {
        checked.add(new Checked(KeyText.label(key), KeyText.id(key), finding));
    }

    private void add(final KeySpec key, final Finding finding)
    {
        checked.add(new Checked(EscapedText.of(key.alias()), HexFormat.of().formatHex(key.id()), finding));
    }

    private void printLines(
        final TokenInventory inventory, final List<TokenKey> keys, final Configured configured, final long weighty)
    {
        final PrintWriter out = spec.commandLine().getOut();
        for (final Checked one : checked)
        {
            out.println(one.finding.weight() + ": " + one.alias + " (id " + one.id + "): " + one.finding.code() + ": " +
                one.finding.text());
        }
        final long held = keys.stream().filter((key) -> TokenKey.Kind.PUBLIC != key.kind()).count();
        out.println("token " + inventory.tokenLabel() + ": " + held + " keys" +
            (null == configured ? "" : ", " + configured.count() + " configured") + "; " + weighty + " findings, " +
            (checked.size() - weighty) + " notes");
        out.flush();
    }

    private void printJson(final TokenInventory inventory, final long weighty)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("token", inventory.tokenLabel());
        fields.put("serial", inventory.tokenSerial());
        fields.put("weighty", weighty);
        fields.put("findings", checked.stream().map((one) ->
        {
            final Map<String, Object> item = new LinkedHashMap<>();
            item.put("alias", one.alias);
            item.put("id", one.id);
            item.putAll(KeyText.fields(one.finding));
            return item;
        }).toList());
        spec.commandLine().getOut().println(JsonText.of(fields));
        spec.commandLine().getOut().flush();
    }

    /** What the configuration has in the token; the master key is null where another token has it. */
    private record Configured(List<KeyConfig> keys, KeySpec masterKey)
    {
        private boolean names(final TokenKey key)
        {
            return null != masterKey && Arrays.equals(masterKey.id(), key.id()) ||
                keys.stream().anyMatch((one) -> Arrays.equals(one.spec().id(), key.id()));
        }

        private int count()
        {
            return keys.size() + (null == masterKey ? 0 : 1);
        }
    }

    private record Checked(String alias, String id, Finding finding)
    {
    }
}

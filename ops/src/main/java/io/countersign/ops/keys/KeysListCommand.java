package io.countersign.ops.keys;

import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code countersign keys list}.
 */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Lists all keys of a token: what they are, how they are protected, what they may be used for.",
        "With --operator: all keys in the register of a running gateway, with their versions, states and times."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign keys list --config /etc/countersign/gateway.yaml",
        "  countersign keys list --module /usr/lib/softhsm/libsofthsm2.so --token trading --pin-file pin --json",
        "  countersign keys list --config gateway.yaml --operator anna --api-key-file anna.key \\",
        "    --operator-key anna.pem",
        "",
        "Exit codes: 0 listed, also when there is none, 1 the gateway refused or did not answer, 2 wrong usage or " +
            "PIN source, 3 the token refused."
    })
public final class KeysListCommand implements Callable<Integer>
{
    private static final List<String> HEADINGS = List.of(
        "ALIAS", "ID", "CLASS", "TYPE", "BITS", "SENSITIVE", "EXTRACTABLE", "USES", "FINDINGS");

    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenAccess access;

    @Mixin
    private RegisterAccess register;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean isJson;

    /**
     * For picocli.
     */
    public KeysListCommand()
    {
    }

    /**
     * Lists the keys.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        if (register.isGateway())
        {
            return listRegister();
        }
        try (TokenInventory inventory = access.inventory())
        {
            final List<TokenKey> keys = inventory.keys();
            final PrintWriter out = spec.commandLine().getOut();
            if (isJson)
            {
                out.println(json(inventory, keys));
            }
            else if (keys.isEmpty())
            {
                out.println("token " + inventory.tokenLabel() + " (serial " + inventory.tokenSerial() +
                    ") holds no keys");
            }
            else
            {
                printTable(out, keys);
            }
            out.flush();
            return ExitCode.OK;
        }
        catch (final TokenException ex)
        {
            throw TokenAccess.refusal(ex);
        }
    }

    private int listRegister()
    {
        if (isJson)
        {
            throw new CommandException("--json is for the keys of a token, not for a register");
        }
        try (OperatorCommands commands = register.open(access.configFile()))
        {
            return commands.run(OperatorCommands.text("keys list"), "listed");
        }
    }

    private static String json(final TokenInventory inventory, final List<TokenKey> keys)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("token", inventory.tokenLabel());
        fields.put("serial", inventory.tokenSerial());
        fields.put("keys", keys.stream().map((key) -> KeyText.fields(key, KeyFindings.of(key, keys))).toList());
        return JsonText.of(fields);
    }

    private static void printTable(final PrintWriter out, final List<TokenKey> keys)
    {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        keys.forEach((key) -> rows.add(row(key, KeyFindings.of(key, keys))));
        final int[] widths = new int[HEADINGS.size()];
        for (final List<String> row : rows)
        {
            for (int i = 0; i < widths.length; i++)
            {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (final List<String> row : rows)
        {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++)
            {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static List<String> row(final TokenKey key, final List<Finding> findings)
    {
        final boolean isPublic = TokenKey.Kind.PUBLIC == key.kind();
        return List.of(
            KeyText.label(key),
            KeyText.id(key),
            key.kind().toString(),
            key.type(),
            0 == key.bits() ? "-" : Integer.toString(key.bits()),
            isPublic ? "-" : KeyText.sensitive(key),
            isPublic ? "-" : KeyText.extractable(key),
            KeyText.or("-", key.uses()),
            KeyText.or("-", findings.stream().map(Finding::code).toList()));
    }
}

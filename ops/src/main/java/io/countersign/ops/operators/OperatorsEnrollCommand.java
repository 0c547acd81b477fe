package io.countersign.ops.operators;

import io.countersign.ops.CommandException;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code countersign operators enroll}.
 */
@Command(
    name = "enroll",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Proposes that an operator is enrolled, with a role and the public key that 'operators new-key' printed: a " +
            "second security officer approves.",
        "The operator's one-time codes come from 'operators totp'."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign operators enroll anna --role key-manager --public-key MCowBQYDK2VwAyEA... \\",
        "    --config gateway.yaml --operator olga --api-key-file olga.key --operator-key olga.pem",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 a token refused."
    })
public final class OperatorsEnrollCommand implements Callable<Integer>
{
    private static final List<String> ROLES =
        List.of("viewer", "trader-support", "key-manager", "security-officer", "auditor");

    @Mixin
    private OperatorConnection connection;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the operator.")
    private String name;

    @Option(names = "--role", required = true, paramLabel = "ROLE", description =
        "viewer, trader-support, key-manager, security-officer or auditor.")
    private String role;

    @Option(names = "--public-key", required = true, paramLabel = "BASE64", description =
        "The operator's public key: SubjectPublicKeyInfo of Ed25519.")
    private String publicKey;

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why, for the journal.")
    private String comment;

    /**
     * For picocli.
     */
    public OperatorsEnrollCommand()
    {
    }

    /**
     * Gives the command.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        if (!ROLES.contains(role))
        {
            throw new CommandException("'" + role + "' is no role; expected one of " + String.join(", ", ROLES));
        }
        checkPublicKey();
        return connection.run(OperatorCommands.text(
            "operators enroll", "name", name, "role", role, "public-key", publicKey, "comment", comment), "enrolled");
    }

    private void checkPublicKey()
    {
        boolean isKey;
        try
        {
            isKey = Ed25519Key.isPublicKey(Base64.getDecoder().decode(publicKey));
        }
        catch (final IllegalArgumentException ex)
        {
            isKey = false;
        }
        if (!isKey)
        {
            throw new CommandException("--public-key is no public key of Ed25519 in base64: expected what " +
                "'countersign operators new-key' prints");
        }
    }
}

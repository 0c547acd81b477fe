package io.countersign.ops.keys;

import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/**
 * {@code countersign keys generate}.
 */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Has the token generate a key, and prove that it signs with it.",
        "The key never exists anywhere else: it is sensitive, not extractable and may sign, where the token knows " +
            "that limit with its own mechanism only. Prints the lines for the gateway's configuration; 'keys " +
            "export-public' prints what a venue wants to know. HMAC-SHA256 makes a master key: no venue can know " +
            "such a secret.",
        "With --operator a running gateway does it, in its token and into its register; no PIN is needed here."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign keys generate --module /usr/lib/softhsm/libsofthsm2.so --token trading \\",
        "    --pin-file /etc/countersign/pin --alias binance-1 --id 01 --algorithm Ed25519 \\",
        "    --venue binance-spot",
        "  countersign keys generate ... --alias master --id c0 --algorithm HMAC-SHA256",
        "  countersign keys generate --alias binance-2 --algorithm Ed25519 --venue binance-spot --recoverable \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key --operator-key anna.pem",
        "",
        "Exit codes: 0 generated and proven, 1 the gateway refused or did not answer, 2 wrong usage or PIN source, " +
            "3 the token refused."
    })
public final class KeysGenerateCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenAccess access;

    @Mixin
    private NewKey key;

    @Mixin
    private RegisterAccess register;

    @Mixin
    private RegisteredKey registered;

    @Option(names = "--label", paramLabel = "TEXT", description =
        "CKA_LABEL that the key gets; no other object may have it (default: the alias).")
    private String label;

    /**
     * For picocli.
     */
    public KeysGenerateCommand()
    {
    }

    /**
     * Generates the key.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        if (register.isGateway())
        {
            return generateAtGateway();
        }
        final SigningAlgorithm signing = key.signingAlgorithm();
        if (registered.isGiven())
        {
            throw new CommandException("--recoverable and --high-value go with --operator, which is not given");
        }
        final byte[] keyId = key.keyId();
        final String keyLabel = null == label ? key.alias() : label;
        checkUse(signing);
        try (TokenProvisioner provisioner = access.provisioner())
        {
            provisioner.requireFreeLabel(keyLabel);
            if (signing.isMac())
            {
                final byte[] checkValue = provisioner.generateSecret(keyId, keyLabel, signing);
                key.printMasterKey(spec.commandLine().getOut(), access.nameInKeys(), checkValue);
            }
            else
            {
                final byte[] publicKey = provisioner.generateKeyPair(keyId, keyLabel, signing);
                key.print(spec.commandLine().getOut(), access.nameInKeys(), publicKey);
            }
            return ExitCode.OK;
        }
        catch (final TokenException ex)
        {
            throw TokenAccess.refusal(ex);
        }
    }

    private int generateAtGateway()
    {
        if (key.hasId() || null != label)
        {
            throw new CommandException("with --operator the gateway chooses --id and --label");
        }
        try (OperatorCommands commands = register.open(access.configFile()))
        {
            return commands.run(key.generation(access.givenToken(), registered, register.comment()), "generated");
        }
    }

    private void checkUse(final SigningAlgorithm signing)
    {
        if (signing.isMac() && (SigningAlgorithm.HMAC_SHA256 != signing || key.hasVenue()))
        {
            throw new CommandException("a secret that is generated in the token is known to no venue: expected " +
                "HMAC-SHA256 without --venue and --api-key, for a master key; 'keys import' takes a venue's secret");
        }
    }
}

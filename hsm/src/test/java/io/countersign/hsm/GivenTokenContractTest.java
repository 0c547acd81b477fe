package io.countersign.hsm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;

/**
 * A token that whoever runs the tests names by {@code COUNTERSIGN_TRIAL_MODULE}, {@code COUNTERSIGN_TRIAL_LABEL},
 * {@code COUNTERSIGN_TRIAL_PIN_FILE} and, if it needs one, {@code COUNTERSIGN_TOKEN_QUIRKS}. The keys made on it are
 * destroyed again. What it can do is taken from itself, and printed.
 */
class GivenTokenContractTest extends ModuleContract
{
    private final Map<SigningAlgorithm, String> methods = new EnumMap<>(SigningAlgorithm.class);
    private final Map<SigningAlgorithm, String> refusals = new EnumMap<>(SigningAlgorithm.class);
    private String description;

    @BeforeAll
    static void requireToken()
    {
        assumeTrue(
            null != System.getenv("COUNTERSIGN_TRIAL_MODULE"),
            "no other token is tested: COUNTERSIGN_TRIAL_MODULE names none");
    }

    @Override
    TestToken create(final Path directory) throws Exception
    {
        final TestToken token = new TestToken(
            Path.of(System.getenv("COUNTERSIGN_TRIAL_MODULE")),
            System.getenv("COUNTERSIGN_TRIAL_LABEL"),
            Path.of(System.getenv("COUNTERSIGN_TRIAL_PIN_FILE")),
            null);
        final TokenMechanisms mechanisms = token.mechanisms();
        description = mechanisms.description();
        for (final SigningAlgorithm algorithm : SigningAlgorithm.values())
        {
            try
            {
                methods.put(algorithm, mechanisms.method("key", algorithm).toString());
            }
            catch (final TokenException ex)
            {
                refusals.put(algorithm, "cannot sign with it");
            }
        }
        System.out.println(description + ": " + methods);

        return token;
    }

    @Override
    Map<SigningAlgorithm, String> methods()
    {
        return methods;
    }

    @Override
    Map<SigningAlgorithm, String> refusals()
    {
        return refusals;
    }

    @Override
    String description()
    {
        return description;
    }
}

package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Reads {@code register}.
 */
final class RegisterSection
{
    private static final int ROTATION_DAYS = 90;
    private static final int HIGH_VALUE_DAYS = 30;
    private static final int OVERLAP_HOURS = 24;
    private static final int MAX_DAYS = 3_650;

    private RegisterSection()
    {
    }

    static RegisterConfig read(final YamlMapping root, final Path base, final TokenSection tokens)
        throws ConfigException
    {
        final YamlMapping register = root.mapping("register", "file and key");
        register.allowOnly("file", "key", "rotation-days", "high-value-rotation-days", "overlap-hours");
        final YamlMapping section = register.mapping("key", "alias, id, check-value");
        final KeySpec key = KeySection.readRegisterKey(section);
        return new RegisterConfig(
            register.path("file", base, "the path of the key register, as 'countersign init' made it"),
            key,
            tokens.tokenOf(section),
            TimeUnit.DAYS.toMillis(register.number("rotation-days", 1, MAX_DAYS, ROTATION_DAYS)),
            TimeUnit.DAYS.toMillis(register.number("high-value-rotation-days", 1, MAX_DAYS, HIGH_VALUE_DAYS)),
            TimeUnit.HOURS.toMillis(register.number(
                "overlap-hours", 0, TimeUnit.DAYS.toHours(MAX_DAYS), OVERLAP_HOURS)));
    }
}

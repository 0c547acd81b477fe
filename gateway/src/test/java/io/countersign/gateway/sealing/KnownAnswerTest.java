package io.countersign.gateway.sealing;

import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class KnownAnswerTest
{
    @ParameterizedTest
    @EnumSource(KnownAnswer.class)
    void shouldVerifyWhatWasPublished(final KnownAnswer answer)
    {
        answer.test();
    }

    @Test
    void shouldBeOfTheAuditKeysAlgorithm()
    {
        assertEquals(KnownAnswer.ED25519, KnownAnswer.of(SigningAlgorithm.ED25519));
        assertEquals(KnownAnswer.ECDSA_P256, KnownAnswer.of(SigningAlgorithm.ECDSA_P256));
    }
}

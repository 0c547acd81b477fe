package io.countersign.gateway.control;

/**
 * What the gateway agent does with the results of operators' commands. Called by the gateway thread only.
 */
public interface OperatorControl
{
    /**
     * The policy file was read again. One that differs is in force when this returns, unless it is a trial or the
     * journal does not take it.
     *
     * @param reading what came of it.
     */
    void onPolicyRead(PolicyReading reading);
}

/*
 * Runs the model of a Declarative pipeline. This is pipeline code: it is transformed, suspended and saved like the
 * Jenkinsfile itself. What needs no suspension is in DeclarativeSupport.
 *
 * Order and results follow Jenkins. Source: pipeline-model-definition plugin.
 */

def call(Map model) {
    // Jenkins refuses a bad parameter before there is a build.
    support.prepare(model.parameters == null ? [] : model.parameters.call())
    Throwable failure = null
    boolean postHasRun = false
    try {
        if (model.triggers != null) {
            model.triggers.call()
        }
        loadLibraries(model)
        onAgent(model, model, true) {
            withVariables(model.environment) {
                inOptions(model.options, 0) {
                    failure = runInOrder(model, model.stages, null, null, null)
                    postHasRun = true
                    failure = runPipelinePost(model, failure)
                    if (failure != null) {
                        throw failure
                    }
                }
            }
        }
    } catch (Throwable t) {
        if (failure == null) {
            failure = t
        }
    }
    if (!postHasRun) {
        failure = runPipelinePost(model, failure)
    }
    if (failure != null) {
        throw failure
    }
}

def loadLibraries(Map model) {
    if (model.libraries != null) {
        for (name in model.libraries.call()) {
            steps.library(name)
        }
    }
}

/** Runs stages one after another; once one has failed, the others are skipped. Returns the first failure. */
def runInOrder(Map model, List stages, Throwable earlier, Map parent, String reason) {
    Throwable failure = earlier
    for (s in stages) {
        try {
            runStage(model, s, failure, reason)
        } catch (Throwable t) {
            if (failure == null) {
                failure = t
            }
        }
    }
    if (reason == null && parent != null) {
        failure = runStagePost(parent, failure)
    }
    return failure
}

def runStage(Map model, Map s, Throwable earlier, String reason) {
    steps.stage(s.name) {
        Throwable failure = earlier
        String skipped = reason
        try {
            if (skipped == null) {
                skipped = support.reasonToSkip(s.name, earlier, setting(model.options, 'skipStagesAfterUnstable') != null)
            }
            if (skipped != null) {
                skipStage(model, s, failure, skipped)
            } else {
                Map verdict = [passed: s.when == null]
                enterStage(model, s, failure, verdict)
                if (!verdict.passed) {
                    skipped = support.skippedByCondition(s.name)
                    skipStage(model, s, failure, skipped)
                }
            }
        } catch (Throwable t) {
            if (failure == null) {
                failure = t
            }
        }
        if (skipped == null && s.parallel != null) {
            failure = runStagePost(s, failure)
        }
        if (failure != null) {
            throw failure
        }
    }
}

/** Conditions are evaluated last unless the stage says before what. */
def enterStage(Map model, Map s, Throwable failure, Map verdict) {
    if (!mayGoOn(s.when, verdict, 'beforeOptions')) {
        return
    }
    inOptions(s.options, 0) {
        if (mayGoOn(s.when, verdict, 'beforeInput')) {
            afterInput(s.input) {
                if (s.parallel != null) {
                    if (mayGoOn(s.when, verdict, null)) {
                        withVariables(s.environment) {
                            steps.parallel(branches(model, s, failure, null))
                        }
                    }
                } else if (mayGoOn(s.when, verdict, 'beforeAgent')) {
                    runOnAgent(model, s, failure, verdict)
                }
            }
        }
    }
}

def runOnAgent(Map model, Map s, Throwable failure, Map verdict) {
    onAgent(model, s, false) {
        if (mayGoOn(s.when, verdict, null)) {
            withVariables(s.environment) {
                if (s.stages != null) {
                    Throwable nested = runInOrder(model, s.stages, failure, s, null)
                    if (nested != null) {
                        throw nested
                    }
                } else {
                    runSteps(s)
                }
            }
        }
    }
}

def runSteps(Map s) {
    Throwable failure = null
    try {
        s.steps.call()
    } catch (Throwable t) {
        failure = t
    }
    failure = runStagePost(s, failure)
    if (failure != null) {
        throw failure
    }
}

/** A skipped stage still shows the stages inside it, each as skipped. */
def skipStage(Map model, Map s, Throwable failure, String reason) {
    support.log(reason)
    if (s.parallel != null) {
        steps.parallel(branches(model, s, failure, reason))
    } else if (s.stages != null) {
        runInOrder(model, s.stages, failure, s, reason)
    }
}

def branches(Map model, Map s, Throwable failure, String reason) {
    Map result = [:]
    for (each in s.parallel) {
        Map branch = each
        String why = reason == null ? null : support.sameReasonFor(reason, s.name, branch.name)
        result[branch.name] = { runStage(model, branch, failure, why) }
    }
    if (s.failFast || setting(model.options, 'parallelsAlwaysFailFast') != null) {
        result.failFast = true
    }
    return result
}

// Conditions -------------------------------------------------------------------------------------------------------

/** False once the stage's conditions have been evaluated and do not hold; true if it is not yet time for them. */
def mayGoOn(Map when, Map verdict, String moment) {
    if (verdict.passed || (moment != null && !when[moment])) {
        return true
    }
    verdict.passed = allHold(when.conditions)
    return verdict.passed
}

def allHold(List conditions) {
    for (condition in conditions) {
        if (!holds(condition)) {
            return false
        }
    }
    return true
}

def anyHolds(List conditions) {
    for (condition in conditions) {
        if (holds(condition)) {
            return true
        }
    }
    return false
}

def holds(Map condition) {
    switch (condition.type) {
        case 'allOf':
            return allHold(condition.children)
        case 'anyOf':
            return anyHolds(condition.children)
        case 'not':
            return !holds(condition.children[0])
        case 'expression':
            return condition.value.call() ? true : false
        default:
            return support.holds(condition.type, condition.arguments.call())
    }
}

// Post -------------------------------------------------------------------------------------------------------------

def runStagePost(Map s, Throwable failure) {
    if (s.post == null || !support.anyConditionHolds(s.post.keySet(), failure)) {
        return failure
    }
    support.log('Post stage')
    return runConditions(s.post, failure, true)
}

def runPipelinePost(Map model, Throwable failure) {
    if (model.post == null || !support.anyConditionHolds(model.post.keySet(), failure)) {
        return failure
    }
    Throwable result = failure
    steps.stage('Declarative: Post Actions') {
        result = runConditions(model.post, failure, false)
    }
    return result
}

/** Runs the blocks whose condition holds, in Jenkins' order; a block that fails changes what holds for those after it. */
def runConditions(Map post, Throwable earlier, boolean isOfStage) {
    Throwable failure = earlier
    for (condition in support.conditions()) {
        if (post[condition] != null && support.conditionHolds(condition, failure, isOfStage)) {
            def before = support.beginCondition(failure, isOfStage)
            try {
                post[condition].call()
            } catch (Throwable t) {
                support.conditionFailed(condition, t)
                if (failure == null) {
                    failure = t
                }
            }
            support.endCondition(before)
        }
    }
    return failure
}

// Blocks around stages ---------------------------------------------------------------------------------------------

def setting(List options, String name) {
    for (option in options) {
        if (option.isSetting && option.name == name) {
            return option.arguments.call()
        }
    }
    return null
}

def inOptions(List options, int index, Closure body) {
    if (options == null || index >= options.size()) {
        body.call()
        return
    }
    Map option = options[index]
    if (option.isSetting) {
        inOptions(options, index + 1, body)
        return
    }
    List arguments = option.arguments.call()
    if (arguments.isEmpty()) {
        steps."${option.name}"() { inOptions(options, index + 1, body) }
    } else {
        steps."${option.name}"(arguments[0]) { inOptions(options, index + 1, body) }
    }
}

def afterInput(Closure input, Closure body) {
    if (input == null) {
        body.call()
        return
    }
    Map arguments = input.call()
    def answer = steps.input(arguments)
    List variables = support.inputVariables(arguments, answer)
    if (variables.isEmpty()) {
        body.call()
    } else {
        steps.withEnv(variables) { body.call() }
    }
}

def onAgent(Map model, Map section, boolean isOfPipeline, Closure body) {
    Map agent = section.agent
    if (agent == null || agent.type == 'none') {
        body.call()
        return
    }
    steps.node(agent.label == null ? '' : agent.label.call()) {
        if (agent.customWorkspace == null) {
            afterCheckout(model, section, isOfPipeline, body)
        } else {
            steps.ws(agent.customWorkspace.call()) { afterCheckout(model, section, isOfPipeline, body) }
        }
    }
}

def afterCheckout(Map model, Map section, boolean isOfPipeline, Closure body) {
    List skip = setting(section.options, 'skipDefaultCheckout')
    if (skip == null) {
        skip = setting(model.options, 'skipDefaultCheckout')
    }
    if (skip == null || (!skip.isEmpty() && !skip[0])) {
        if (isOfPipeline) {
            steps.stage('Declarative: Checkout SCM') { checkoutTo(setting(model.options, 'checkoutToSubdirectory')) }
        } else {
            checkoutTo(setting(model.options, 'checkoutToSubdirectory'))
        }
    }
    body.call()
}

def checkoutTo(List subdirectory) {
    if (subdirectory == null || subdirectory.isEmpty()) {
        steps.checkout(scm)
    } else {
        steps.dir(subdirectory[0]) { steps.checkout(scm) }
    }
}

def withVariables(Map environment, Closure body) {
    if (environment == null) {
        body.call()
        return
    }
    List bindings = []
    for (name in environment.credentials.keySet()) {
        bindings.addAll(support.bindings(name, environment.credentials[name].call()))
    }
    if (bindings.isEmpty()) {
        inLayers(environment.layers, 0, body)
    } else {
        steps.withCredentials(bindings) { inLayers(environment.layers, 0, body) }
    }
}

def inLayers(List layers, int index, Closure body) {
    if (index >= layers.size()) {
        body.call()
        return
    }
    List variables = []
    for (name in layers[index].keySet()) {
        variables.add(name + '=' + layers[index][name].call())
    }
    steps.withEnv(variables) { inLayers(layers, index + 1, body) }
}

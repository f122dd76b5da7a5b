// The weekly refresh as one line of a Jenkinsfile; the parameters are in amiRefreshPipeline.txt.
def call(Map args = [:]) {
    List known = ['families', 'image', 'label', 'waves', 'checks', 'launchTemplateVersion', 'defaults']
    requireKnown('', args, known)
    requireKinds(args)
    List families = args.families ?: []
    List waves = args.waves ?: ['sandbox', 'dev', 'qa,test,training,build', 'qa2,stage', 'prod']
    List checks = args.checks == null ? [[http: '/health']] : args.checks
    Map shipped = [scaleInProtectedInstances: 'Refresh', failOn: 'none', allowEmpty: !args.waves]
    withEnv(environment(shipped + (args.defaults ?: [:])) + calls(args, families, waves, checks)) {
        try {
            refresh(args, families, waves, checks)
        } catch (failure) {
            // Jenkins gives a scripted build its result when it has ended: too late for the message below.
            currentBuild.result = failure instanceof InterruptedException ? 'ABORTED' : 'FAILURE'
            throw failure
        } finally {
            notifySlack event: 'end'
        }
    }
}

private void requireKnown(String where, Map given, List known) {
    List unknown = new ArrayList(given.keySet()) - known
    if (unknown) {
        error "amiRefreshPipeline: ${where}'${unknown[0]}' is no parameter; allowed: ${known.join(', ')}"
    }
}

private void requireKinds(Map args) {
    for (name in args.keySet()) {
        requireGiven(name, args[name])
    }
    require('families', args.families, args.families == null || args.families instanceof List, 'a list of texts')
    require('waves', args.waves, args.waves == null || args.waves instanceof List, 'a list of texts or maps')
    require('checks', args.checks, args.checks == null || args.checks instanceof List, 'a list of maps')
    require('image', args.image, args.image == null || args.image instanceof Map, 'a map')
    require('defaults', args.defaults, args.defaults == null || args.defaults instanceof Map, 'a map')
    // What a build parameter that does not exist gives must not become versions for the whole fleet.
    require('launchTemplateVersion', args.launchTemplateVersion,
        !args.containsKey('launchTemplateVersion') || isVersion(args.launchTemplateVersion), "a number or 'launched'")
    if (args.launchTemplateVersion && args.families) {
        error "amiRefreshPipeline: launchTemplateVersion: 'families' build images for a new version; leave one out"
    }
    require('label', args.label, args.label == null || args.label instanceof CharSequence, 'a text')
    List families = args.families ?: []
    for (int i = 0; i < families.size(); i++) {
        require("families[${i}]", families[i], isText(families[i]), 'the name of an image family')
    }
    List waves = args.waves ?: []
    for (int i = 0; i < waves.size(); i++) {
        require("waves[${i}]", waves[i], isText(waves[i]) || (waves[i] instanceof Map && waves[i].size() > 0),
            "environments with commas, or a map such as [environments: 'prod']")
        requireKnown("waves[${i}]: ", waves[i] instanceof Map ? waves[i] : [:], selecting())
    }
    if (args.image && !families) {
        error "amiRefreshPipeline: image: nothing is built without 'families'; name them, or leave 'image' out"
    }
}

private void requireGiven(Object name, Object value) {
    if (value == null) {
        error "amiRefreshPipeline: ${name}: null is not allowed; give a value, or leave it out; is a variable not set?"
    }
}

private void require(String name, Object value, boolean isAllowed, String allowed) {
    if (!isAllowed) {
        error "amiRefreshPipeline: ${name}: '${value}' is not allowed; give ${allowed}"
    }
}

private boolean isText(Object value) {
    return value instanceof CharSequence && value.toString().trim() != ''
}

private boolean isVersion(Object value) {
    return value instanceof Number || isText(value)
}

// What an entry of recycleAsgs' waves takes.
private List selecting() {
    return ['environments', 'families', 'asgs', 'tags', 'excludeEnvironments', 'excludeFamilies', 'excludeAsgs',
        'allowEmpty', 'regions', 'accounts', 'soak', 'maxConcurrent', 'maxFailures', 'approval']
}

// The parameters of all steps as variables, with their names, so that the first step refuses one that no step has.
private List environment(Map defaults) {
    List names = new ArrayList(defaults.keySet())
    List environment = ["AMI_REFRESH_DEFAULTS=${names.join(',')}".toString()]
    for (name in names) {
        def value = defaults[name]
        requireGiven("defaults.${name}", value)
        if (value instanceof Map || (value instanceof List && value.any { it instanceof Map })) {
            error "amiRefreshPipeline: defaults.${name}: a map is for one step; 'waves' and 'image' take it"
        }
        String text = value instanceof List ? value.join(',') : "${value}"
        environment << "AMI_REFRESH_${name.replaceAll('([A-Z])', '_$1').toUpperCase()}=${text}".toString()
    }
    return environment
}

// What the steps are going to be given, so that the first one refuses what the last, days later, could not take.
private List calls(Map args, List families, List waves, List checks) {
    List calls = []
    if (checks) {
        calls << [where: 'checks', step: 'smokeTestAsg', given: [checks: checks]]
    }
    if (families) {
        calls << [where: 'image', step: 'buildAmi', given: [family: families[0]] + (args.image ?: [:])]
    }
    calls << [where: 'waves', step: 'recycleAsgs', given: [waves: selections(waves)]]
    if (args.launchTemplateVersion) {
        calls << [where: 'launchTemplateVersion', step: 'recycleAsgs', given: version(args)]
    }
    // Where the library is not trusted, the sandbox lets a map be written as JSON, and no list (SECURITY-538).
    List texts = []
    for (call in calls) {
        texts << groovy.json.JsonOutput.toJson(call)
    }
    return ["AMI_REFRESH_CALLS=[${texts.join(',')}]".toString()]
}

private Map version(Map args) {
    return args.launchTemplateVersion ? [launchTemplateVersion: args.launchTemplateVersion.toString()] : [:]
}

private List selections(List waves) {
    List selections = []
    for (wave in waves) {
        selections << (wave instanceof Map ? wave : [environments: wave.toString()])
    }
    return selections
}

private void refresh(Map args, List families, List waves, List checks) {
    if (checks) {
        // A check that cannot be asked is found here, not behind the first wave, which may be days later.
        smokeTestAsg checks: checks, dryRun: true, allowEmpty: true
    }
    if (families) {
        Map branches = [:]
        for (family in families) {
            branches["Image: ${family}".toString()] = image(args.label ?: 'packer', [family: family] + (args.image ?: [:]))
        }
        stage('Images') { parallel branches }
    }
    if (args.launchTemplateVersion) {
        // The groups have it, or launch it already.
        notifySlack event: 'start'
    } else {
        stage('Launch templates') {
            notifySlack event: 'start'
            updateLaunchTemplates ami: families ? 'run' : 'newest'
        }
    }
    stage('Refresh') {
        Map proof = checks ? [smokeTest: [checks: checks, onFailure: 'rollback']] : [:]
        recycleAsgs version(args) + proof + [waves: selections(waves)]
        if (checks) {
            smokeTestAsg checks: checks, onFailure: 'rollback'
        }
    }
    stage('Verdict') { refreshReport() }
}

private Closure image(String label, Map build) {
    return {
        node(label) {
            // A job without sources builds with the product's own template, which the step brings along.
            if (build.template || build.variablesFiles) {
                checkout scm
            }
            buildAmi build
        }
    }
}

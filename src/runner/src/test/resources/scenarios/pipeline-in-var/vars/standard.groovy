def call(Map args = [:]) {
    def count = args.groups.size()
    pipeline {
        agent none
        stages {
            stage('Only') {
                steps {
                    echo "${args.name}: ${count}"
                    script {
                        for (g in args.groups) { sleep 1; echo g }
                    }
                }
            }
        }
        post { always { echo "post of ${args.name}" } }
    }
}

# A team's own template: nothing in it knows the simulator but the endpoint, which is empty on AWS.
variable "endpoint" {
  type    = string
  default = ""
}

variable "ssh_port" {
  type    = number
  default = 22
}

variable "transfer" {
  type    = string
  default = "scp"
}

variable "package" {
  type    = string
  default = "nginx"
}

source "amazon-ebs" "web" {
  region                   = "eu-west-1"
  ami_name                 = "web-by-${var.transfer}"
  instance_type            = "t3.micro"
  custom_endpoint_ec2      = var.endpoint
  ssh_username             = "ec2-user"
  ssh_port                 = var.ssh_port
  ssh_file_transfer_method = var.transfer

  source_ami_filter {
    filters = {
      name = "base-*"
    }
    owners      = ["self"]
    most_recent = true
  }
}

build {
  sources = ["source.amazon-ebs.web"]

  provisioner "file" {
    source      = "${path.root}/conf/"
    destination = "/opt/web/conf"
  }

  provisioner "file" {
    source      = "${path.root}/conf/web.conf"
    destination = "/etc/web/web.conf"
  }

  provisioner "shell" {
    inline = ["sudo yum install -y ${var.package}"]
  }

  provisioner "shell" {
    environment_vars = ["FAMILY=web"]
    script           = "${path.root}/provision.sh"
    execute_command  = "sudo -E env {{.Vars}} bash '{{.Path}}'"
  }

  provisioner "file" {
    direction   = "download"
    source      = "/var/log/provision.log"
    destination = "provision.log"
  }
}
